namespace Settle.Server;

/// <summary>One request about a ledger: what its address says, and who waits for it.</summary>
internal sealed class LedgerCall(HttpContext context)
{
    private const int LimitDefault = 100;

    public HttpContext Context => context;

    /// <summary>Cancelled when nobody waits for the answer any more.</summary>
    public CancellationToken Stop => context.RequestAborted;

    public string LedgerName => Segment("ledger");

    /// <exception cref="HttpProblemException">There is no such ledger here.</exception>
    public ILedger Ledger => field ??= SettleApi.Of(context).Ledgers.Get(LedgerName);

    /// <inheritdoc cref="Ledger"/>
    public IBilling Billing => Ledger.Billing;

    /// <summary>The page of a list that is asked for.</summary>
    public PageQuery Page => new()
    {
        Limit = Text("limit") is { } text
            ? (int)Parse.Integer("limit", text, 1, Pages.LimitMax) : LimitDefault,
        After = Text("after"),
    };

    /// <summary>The moment that is asked about; now when the address names none.</summary>
    public AsOf At => (Text("at") is { } text ? AsOf.Parse("at", text) : AsOf.Now) with
    {
        ValueDate = ValueDay("on"),
    };

    /// <summary>A name in the path, decoded.</summary>
    public string this[string segment] => PathNames.Decode(Segment(segment), segment);

    public T Service<T>()
        where T : notnull => context.RequestServices.GetRequiredService<T>();

    /// <summary>A parameter; null when it is absent, as in all that follow.</summary>
    public string? Text(string name) =>
        context.Request.Query[name] is { Count: > 0 } values ? values[0] : null;

    public long? Height(string name) =>
        Text(name) is { } text ? Parse.Integer(name, text, 1, long.MaxValue) : null;

    public DateTimeOffset? Time(string name) =>
        Text(name) is { } text ? Parse.TimeOrDay(name, text) : null;

    /// <summary>A day of any year, as timestamps have them.</summary>
    public DateOnly? ValueDay(string name) =>
        Text(name) is { } text ? Parse.ValueDate(name, text) : null;

    public DateOnly? Day(string name) => Text(name) is { } text ? Parse.Day(name, text) : null;

    public bool? Flag(string name) => Word(name, "true", "false") is { } word
        ? word == "true" : null;

    /// <summary>One of some words.</summary>
    public string? Word(string name, params string[] words) =>
        Text(name) is not { } text || words.Contains(text) ? Text(name)
            : throw Parse.NotOneOf(name, text, words);

    /// <summary>One of the words of an enum.</summary>
    public T? Word<T>(string name) where T : struct, Enum =>
        Text(name) is { } text ? Words<T>.Parse(name, text) : null;

    /// <summary>Does heavy work when it is its turn.</summary>
    /// <exception cref="HttpProblemException">Too much is waiting already.</exception>
    public Task<T> InTurnAsync<T>(WorkKind kind, Func<Task<T>> work) =>
        WorkGates.RunAsync(Ledger, kind, work, Stop);

    private string Segment(string name) => (string)context.GetRouteValue(name)!;
}
