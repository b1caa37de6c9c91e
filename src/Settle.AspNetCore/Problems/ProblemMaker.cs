namespace Settle.Server;

/// <summary>Makes problem documents of errors.</summary>
internal static class ProblemMaker
{
    public const string Unavailable = "store_unavailable";
    public const string OutcomeUnknown = "outcome_unknown";
    public const string Busy = "busy";
    private const string NotApplied = "not_applied";
    private const string Unknown = "unknown";
    private const string SendAgain =
        "send the whole request again, a batch with all of its ids: what was decided "
        + "stays as it is";

    /// <summary>
    /// The problem that an error is; null when the error is a mistake of the server's.
    /// </summary>
    public static Problem? From(Exception error) => error switch
    {
        IdReusedException e => Make(e.Code, e.Message) with
        {
            Reason = e.Refusal, Id = e.Id, Field = e.Field, Block = e.Block,
        },
        InsufficientHereException e => Make(e.Code, e.Message) with
        {
            Reason = e.Refusal, Id = e.Id, Elsewhere = e.Shortfall,
        },
        NotHereException e => Make(e.Code, e.Message) with
        {
            Reason = e.Refusal, Id = e.Id, Site = e.Site, Url = e.Url,
        },
        RejectedException e => Make(e.Code, e.Message) with
        {
            Reason = e.Refusal,
            Id = e.Id,
            Block = e.Block,
            Replayed = e.Replayed ? true : null,
            Shortfall = (e as InsufficientFundsException)?.Shortfall,
            RefusedAccount = e.RefusedAccount,
            Excess = e.Excess,
        },
        InvalidRequestException e => Make(e.Code, e.Message) with { Field = e.Field },
        UnprintableException e => Make(e.Code, e.Message) with { Field = e.Field },
        StoreUnavailableException e => Make(e.Code, e.Message) with { Outcome = NotApplied },
        // Its id is what the ledger wrote, a block; the client knows what it sent.
        OutcomeUnknownException e =>
            Make(e.Code, $"{e.Message}; {SendAgain}") with { Outcome = Unknown },
        HttpProblemException e => Make(e.Code, e.Message) with
        {
            Field = e.Field, Outcome = e.Code == Busy ? NotApplied : null,
        },
        SettleException e => Make(e.Code, e.Message),
        BadHttpRequestException e => Make(ProblemTable.CodeOf(e.StatusCode), TextOf(e)),
        _ => null,
    };

    public static Problem Make(string code, string detail)
    {
        var (status, title) = ProblemTable.Of(code);
        return new Problem
        {
            Type = $"urn:settle:{code}",
            Title = title,
            Status = status,
            Detail = detail,
            Code = code,
        };
    }

    /// <summary>The time for the request is over, and there is no answer.</summary>
    /// <param name="endpoint">What was asked; null for what is not of a ledger.</param>
    public static Problem TimedOut(Endpoint? endpoint) =>
        endpoint?.Metadata.OfType<ApiRole>().Any(role => role != ApiRole.Reader) == true
            ? Make(OutcomeUnknown, $"the ledger did not answer in time; {SendAgain}")
                with { Outcome = Unknown }
            : Make(Busy, "the answer was not ready in time, and nothing was decided; "
                + "ask for less, or send it again in a moment") with { Outcome = NotApplied };

    /// <summary>Nobody can be let in. The reason names files, which strangers do not see.</summary>
    public static Problem KeysUnavailable() => Make("keys_unavailable",
        "the server cannot read its file of keys; its log says why; repair the file, and it is "
        + "read again within a second") with { Outcome = NotApplied };

    /// <summary>The problem of a bare status.</summary>
    public static Problem OfStatus(int status, HttpContext context) => status switch
    {
        404 => Make("not_found",
            "there is nothing at this address; /openapi/v1.json lists what there is"),
        405 => Make("method_not_allowed",
        $"{context.Request.Method} is not known here; see the header Allow"),
        _ => Make(ProblemTable.CodeOf(status), "the request cannot be served as it stands"),
    };

    private static string TextOf(BadHttpRequestException e) => e.StatusCode switch
    {
        413 => "the body is too large; send less at once",
        408 => "the body did not arrive in time; send the same id again",
        _ => "the body broke off or is not what its headers say",
    };
}
