namespace Settle.Journals;

/// <summary>Every entry of the chain, a line each, with its place, the time of its
/// block, and its value date.</summary>
internal sealed class JsonLinesJournal(Stream output) : IJournal
{
    public void Begin(LedgerInfo info)
    {
    }

    public ValueTask WriteAsync(JournalEntry entry, CancellationToken cancellation)
    {
        var head = string.Create(CultureInfo.InvariantCulture,
            $"{{\"block\":{entry.Position.Height},\"index\":{entry.Position.Index},")
            + $"\"time\":\"{entry.BlockTime}\",\"date\":\"{entry.Date}\",\"entry\":";
        output.Write(Encoding.ASCII.GetBytes(head));
        output.Write(entry.Body.Span);
        output.Write("}\n"u8);
        return ValueTask.CompletedTask;
    }

    public void End() => output.Flush();
}
