using System.Net;

namespace Settle.Http;

/// <summary>Turns problem documents back into the errors that they were made of.</summary>
internal static class ProblemReader
{
    public const string Unavailable = "store_unavailable";
    private const string OutcomeUnknown = "outcome_unknown";
    private const string Busy = "busy";
    private const string KeysUnavailable = "keys_unavailable";
    private const string Unknown = "unknown";

    /// <summary>The error that an answer is.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="id">The id of the request.</param>
    /// <param name="info">Knows the decimals of the ledger's own assets; null for none.</param>
    public static SettleException Read(HttpReply reply, string? id, LedgerInfo? info)
    {
        var problem = Parse(reply, info);
        return problem is null ? HttpReply.BadAnswer(null) : Of(problem, id);
    }

    /// <summary>The error that ends a stream of events.</summary>
    public static SettleException ReadEvent(ReadOnlySpan<byte> data) =>
        Parse(data, null) is { } problem ? Of(problem, null) : HttpReply.BadAnswer(null);

    private static SettleException Of(Problem problem, string? id)
    {
        return problem.Code switch
        {
            "invalid_request" =>
                new InvalidRequestException(problem.Field ?? "request", Message(problem)),
            "unauthorized" or "forbidden" =>
                new UnauthorizedException(problem.Code, problem.Detail),
            "not_found" => new NotFoundException(problem.Detail),
            "id_reused" =>
                new IdReusedException(problem.Id ?? id ?? "", problem.Field ?? "content",
                    problem.Block ?? 0),
            // Older servers said so in the member 'outcome' only.
            Unavailable or OutcomeUnknown when problem.Outcome == Unknown && id is not null =>
                new OutcomeUnknownException(problem.Id ?? id, problem.Detail),
            Unavailable or OutcomeUnknown or Busy or KeysUnavailable =>
                new StoreUnavailableException(problem.Detail),
            "unprintable" => new UnprintableException(problem.Detail),
            "breaks_rule" => new InvoiceRuleException(problem.Detail),
            "position_ahead" => new PositionAheadException(problem.Detail),
            "clock_skew" => new ClockSkewException(problem.Detail),
            "store_corrupt" => new StoreCorruptException(problem.Detail),
            "chains_differ" => new ChainsDifferException(problem.Detail),
            "forked" or "set_back" =>
                new SiteStoppedException(problem.Code, problem.Detail),
            "site_inactive" when problem.Reason is null =>
                new SiteStoppedException(problem.Code, problem.Detail),
            _ when problem.Reason is not null => Rejected(problem, id),
            _ => new HttpAnswerException(problem.Code, problem.Detail),
        };
    }

    /// <summary>Whether a failed answer says that nothing was decided.</summary>
    public static bool SaysNotDecided(HttpReply reply) =>
        reply.Status == HttpStatusCode.TooManyRequests
        || (reply.Status == HttpStatusCode.ServiceUnavailable
        && Parse(reply) is { Outcome: not null and not Unknown });

    /// <summary>Whether the same request may do better a moment later.</summary>
    public static bool IsTransient(HttpReply reply) =>
        reply.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway
            or HttpStatusCode.GatewayTimeout or HttpStatusCode.RequestTimeout
        || (reply.Status == HttpStatusCode.ServiceUnavailable
        && Parse(reply) is null
            or { Code: Unavailable or OutcomeUnknown or Busy or KeysUnavailable });

    /// <summary>
    /// Whether it says that the ledger has no such thing, and not that there is no such ledger.
    /// </summary>
    public static bool IsNothing(HttpReply reply) =>
        reply.Status == HttpStatusCode.NotFound
            && Parse(reply) is { Code: "not_found", Field: null };

    /// <summary>Whether it says that the server has no such ledger.</summary>
    public static bool IsNoLedger(HttpReply reply) =>
        reply.Status == HttpStatusCode.NotFound
            && Parse(reply) is { Code: "not_found", Field: "ledger" };

    private static RejectedException Rejected(Problem problem, string? id)
    {
        var (block, replayed) = (problem.Block ?? 0, problem.Replayed ?? false);
        if (problem.Reason == RefusalCode.InsufficientHere)
            return new InsufficientHereException(problem.Id ?? id ?? "", problem.Elsewhere);
        if (problem is { Reason: RefusalCode.NotHere, Site: { } site })
            return new NotHereException(problem.Id ?? id ?? "", site, problem.Url);
        return problem.Reason == RefusalCode.InsufficientFunds
            ? new InsufficientFundsException(
                problem.Id ?? id ?? "", block, replayed, problem.Shortfall)
            : new RejectedException(
                problem.Reason!.Value, problem.Id ?? id ?? "", block, replayed, problem.Detail)
            {
                RefusedAccount = problem.RefusedAccount,
                Excess = problem.Excess,
            };
    }

    /// <summary>The detail without the field's name, which the error puts there again.</summary>
    private static string Message(Problem problem)
    {
        var start = $"{problem.Field}: ";
        return problem.Detail.StartsWith(start, StringComparison.Ordinal)
            ? problem.Detail[start.Length..]
            : problem.Detail;
    }

    private static Problem? Parse(HttpReply reply, LedgerInfo? info = null) =>
        reply.IsProblem ? Parse(reply.Body, info) : null;

    private static Problem? Parse(ReadOnlySpan<byte> body, LedgerInfo? info)
    {
        try
        {
            var (problem, isComplete) = AnswerReader.Read(body, WireJson.Compact.Problem, info);
            // An amount whose decimals are unknown cannot be said.
            return isComplete ? problem : problem! with { Account = null };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
