namespace Settle.Bank;

/// <summary>A reminder that lines name: one of them may pay all that it lists.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Numbers">The invoices, and the number of its fee.</param>
internal sealed record BankReminder(string Number, IReadOnlyList<string> Numbers)
{
    public static BankReminder Of(Reminder reminder) => new(reminder.Number,
        [.. reminder.Invoices.Select(item => item.Number), reminder.Number]);

    /// <summary>Where a line may name one.</summary>
    public static string TextOf(BankLine line) =>
        string.Join(' ', line.Structured.Append(line.Text).Append(line.More));
}
