using System.Text.Json.Serialization.Metadata;

namespace Settle.Cli.Commands;

/// <summary>A command about one ledger, wherever that lives.</summary>
internal abstract class LedgerCommand(CliContext context, string name, string description,
    params string[] examples)
    : SettleCommand(context, name, description, examples)
{
    private readonly LedgerOption _ledger = new();
    private readonly AcceptOptions _accept = new();

    /// <summary>Whether it may make the ledger's file; a reading command must not.</summary>
    protected virtual bool MakesLedger => false;

    /// <summary>Whether it may write to the ledger.</summary>
    protected virtual bool Writes => MakesLedger;

    public override void AddCommonOptions()
    {
        Add(_ledger);
        if (Writes) _accept.AddTo(this);
        base.AddCommonOptions();
    }

    protected abstract Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation);

    protected sealed override Task<int> RunAsync(ParseResult words,
        CancellationToken cancellation)
    {
        CheckWords(words);
        return RunAtAsync(words, _ledger.LocationIn(words, Context), cancellation);
    }

    /// <summary>Opens the ledger at a location and runs there.</summary>
    protected virtual async Task<int> RunAtAsync(
        ParseResult words, string location, CancellationToken cancellation)
    {
        var accepts = AcceptedIn(words, location);
        await using var ledger = await LedgerOpening.OpenAsync(Context, location,
            MakesLedger ? empty => RehearseAsync(words, empty, cancellation) : null,
            options => options with
            {
                AcceptRollback = accepts.Rollback, AcceptClock = accepts.Clock,
                SiteWait = WaitIn(words, location),
            }, cancellation);
        return await RunAsync(words, ledger, cancellation);
    }

    /// <summary>What a person confirmed.</summary>
    protected (bool Rollback, bool Clock) AcceptedIn(ParseResult words, string location) =>
        Writes ? _accept.In(words, location) : default;

    /// <summary>
    /// Finds, with an empty ledger, what is wrong before a ledger is made for it.
    /// </summary>
    protected virtual Task RehearseAsync(
        ParseResult words, ILedger empty, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>How long it waits for money that other sites have.</summary>
    protected virtual TimeSpan WaitIn(ParseResult words, string location) => TimeSpan.Zero;

    /// <summary>
    /// Refuses options that cannot be combined, before a ledger is made for them. Each value was
    /// read when the line was parsed.
    /// </summary>
    protected virtual void CheckWords(ParseResult words)
    {
    }

    /// <summary>Writes a list as JSON with an item a line, or as a table.</summary>
    /// <param name="words">Say which.</param>
    /// <param name="items">The list, written as it comes.</param>
    /// <param name="type">How an item is JSON.</param>
    /// <param name="columns">See <see cref="Tables.Write"/>.</param>
    /// <param name="row">An item's texts, one per column.</param>
    protected void WriteList<T>(ParseResult words, IEnumerable<T> items, JsonTypeInfo<T> type,
        string[] columns, Func<T, string[]> row)
    {
        if (!WantsJson(words))
        {
            WriteTable(words, columns, items.Select(row));
            return;
        }
        var separator = "[";
        foreach (var item in items)
        {
            Context.Output.WriteLine(separator);
            Context.Output.Write(JsonSerializer.Serialize(item, type));
            separator = ",";
        }
        Context.Output.WriteLine(separator == "[" ? "[]" : Context.Output.NewLine + "]");
    }

    /// <summary>Writes a result as JSON, or as a line for people.</summary>
    protected void WriteResult<T>(ParseResult words, T value, JsonTypeInfo<T> type,
        Func<T, string> line) =>
        Context.Output.WriteLine(WantsJson(words)
            ? JsonSerializer.Serialize(value, type) : line(value));
}
