namespace Settle.Billing;

/// <summary>An offer, as far as decisions and lists need it.</summary>
internal struct QuoteRow
{
    public EntryLocation Location;

    /// <summary>Minor units, with tax.</summary>
    public long Net;
    public long Tax;
    public long Amount;
    public int Account;
    public int Date;

    /// <summary>The last day on which it can be accepted; 0 for none.</summary>
    public int ValidUntil;

    /// <summary>The number of its series, and the one it has in it.</summary>
    public int Series;
    public int Sequence;

    /// <summary>The first of its lines.</summary>
    public int FirstLine;
    public int Lines;

    /// <summary>The day on which it was accepted or declined.</summary>
    public int AnsweredOn;
    public bool IsAccepted;
    public bool IsDeclined;

    public readonly QuoteStatus StatusOn(int day) => IsAccepted ? QuoteStatus.Accepted
        : IsDeclined ? QuoteStatus.Declined
        : IsExpiredOn(day) ? QuoteStatus.Expired : QuoteStatus.Open;

    /// <summary>Whether its last day is over.</summary>
    public readonly bool IsExpiredOn(int day) => ValidUntil > 0 && day > ValidUntil;
}
