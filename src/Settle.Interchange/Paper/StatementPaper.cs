using Settle.Paper.Letters;

namespace Settle;

/// <summary>A customer's statement as it is sent.</summary>
public static class StatementPaper
{
    /// <summary>
    /// Makes a statement as a letter (PDF/A-3), in the customer's language: the balance at the
    /// beginning, each movement, the balance at the end, and the debt by age. It has the figures of
    /// <see cref="IBilling.GetStatementAsync"/>, and the same figures give the same bytes.
    /// </summary>
    /// <param name="billing">Where the customer is.</param>
    /// <param name="customer">The customer's id.</param>
    /// <param name="asset">The asset; null for the customer's, else the ledger's default.</param>
    /// <param name="from">The first day; null for the beginning.</param>
    /// <param name="to">The last day; null for today.</param>
    /// <param name="cancellationToken">Cancels the call until it is sent.</param>
    /// <returns>The letter; null if there is no such customer.</returns>
    /// <exception cref="InvalidRequestException">
    /// The customer's name and address were erased, or another field is wrong.
    /// </exception>
    /// <exception cref="UnprintableException">No font has a character of it.</exception>
    public static async Task<byte[]?> PdfAsync(IBilling billing, string customer,
        string? asset = null, DateOnly? from = null, DateOnly? to = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(billing);
        ArgumentNullException.ThrowIfNull(customer);
        var statement = await billing.GetStatementAsync(
            customer, asset, from, to, cancellationToken).ConfigureAwait(false);
        if (statement is null) return null;
        var receiver = await billing.GetCustomerAsync(customer, cancellationToken)
            .ConfigureAwait(false);
        var seller = await billing.GetSellerAsync(cancellationToken).ConfigureAwait(false);
        if (seller is null)
            throw new InvalidRequestException("seller", "is missing; set it first");
        return StatementLetter.Write(statement, seller.Party, receiver?.Party
            ?? throw Parse.Fault("customer", customer,
                "has no name and address any more, so no letter can be written; "
                + "the statement itself can be read"));
    }
}
