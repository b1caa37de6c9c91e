using Settle.Paper.Letters;

namespace Settle;

/// <summary>A reminder as it is sent.</summary>
public static class ReminderPaper
{
    /// <summary>
    /// Makes a reminder as a letter (PDF/A-3), in the customer's language: what is overdue, the fee
    /// and how to pay. The same reminder always gives the same bytes.
    /// </summary>
    /// <param name="reminder">
    /// The reminder, as <see cref="IBilling.GetReminderAsync"/> gives it.
    /// </param>
    /// <exception cref="InvalidRequestException">
    /// The customer's name and address were erased, or the reminder is one of a list.
    /// </exception>
    /// <exception cref="UnprintableException">No font has a character of it.</exception>
    public static byte[] Pdf(Reminder reminder)
    {
        ArgumentNullException.ThrowIfNull(reminder);
        if (reminder is not { Seller: { } seller, Buyer: { } buyer })
        {
            throw new InvalidRequestException("reminder",
                "has no seller and customer: get it by its number");
        }
        if (buyer.Country == "ZZ")
        {
            throw Parse.Fault("customer", reminder.Customer,
                "has no name and address any more, so no letter can be written");
        }
        return ReminderLetter.Write(reminder, seller, buyer);
    }
}
