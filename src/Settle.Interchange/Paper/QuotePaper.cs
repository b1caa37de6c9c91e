using Settle.Paper.Letters;

namespace Settle;

/// <summary>A quote as it is sent.</summary>
public static class QuotePaper
{
    /// <summary>
    /// Makes a quote as a letter (PDF/A-3), in the customer's language: what is offered, its tax
    /// and until when. The same quote always gives the same bytes.
    /// </summary>
    /// <param name="quote">
    /// The quote, as <see cref="IBilling.GetQuoteAsync"/> gives it.
    /// </param>
    /// <exception cref="InvalidRequestException">
    /// The customer's name and address were erased, or the quote is one of a list.
    /// </exception>
    /// <exception cref="UnprintableException">No font has a character of it.</exception>
    public static byte[] Pdf(Quote quote)
    {
        ArgumentNullException.ThrowIfNull(quote);
        if (quote is not { Seller: { } seller, Buyer: { } buyer })
        {
            throw new InvalidRequestException("quote",
                "has no seller and customer: get it by its number");
        }
        if (buyer.Country == "ZZ")
        {
            throw Parse.Fault("customer", quote.Customer,
                "has no name and address any more, so no letter can be written");
        }
        return QuoteLetter.Write(quote, seller, buyer);
    }
}
