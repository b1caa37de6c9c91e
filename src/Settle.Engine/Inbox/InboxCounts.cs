namespace Settle.Inbox;

/// <summary>What some rounds did to documents.</summary>
internal sealed class InboxCounts
{
    public long Successful { get; set; }

    public long Rejected { get; set; }

    public long Malformed { get; set; }

    public long Marked => Successful + Rejected + Malformed;

    public void Add(DocumentOutcome mark)
    {
        if (mark.Field is not null) Malformed++;
        else if (mark.Reason is not null) Rejected++;
        else Successful++;
    }
}
