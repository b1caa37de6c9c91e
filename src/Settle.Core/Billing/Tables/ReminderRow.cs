namespace Settle.Billing;

/// <summary>A reminder, as far as lists need it.</summary>
internal struct ReminderRow
{
    public EntryLocation Location;
    public int Account;
}
