namespace Settle.Cli;

/// <summary>Writes what went wrong: a line, or with <c>--json</c> a problem object.</summary>
internal static class Failures
{
    /// <summary>The variable that, set to 1, shows where in the program an error came up.</summary>
    private const string TraceVariable = "SETTLE_TRACE";

    public static int Report(CliContext context, Exception exception, bool json)
    {
        var code = CodeOf(exception);
        context.Output.Flush();
        if (json)
        {
            context.Error.WriteLine(
                JsonSerializer.Serialize(ToProblem(exception, code), WireJson.Compact.Problem));
        }
        else
        {
            context.Say("error", $"{MessageOf(exception)} [{code}]");
            if (context.Environment(TraceVariable) == "1") context.Error.WriteLine(exception);
        }
        return ExitStatus.Of(exception);
    }

    private static string CodeOf(Exception exception) => exception switch
    {
        SettleException settle => settle.Code,
        OperationCanceledException => "interrupted",
        IOException or UnauthorizedAccessException => "io_error",
        _ => "internal_error",
    };

    private static string MessageOf(Exception exception) => exception switch
    {
        SettleException or IOException or UnauthorizedAccessException => exception.Message,
        OperationCanceledException => "interrupted; what was acknowledged stays",
        _ => $"{exception.GetType().Name}: {exception.Message} (this is a fault in settle)",
    };

    private static Problem ToProblem(Exception exception, string code) => new()
    {
        Type = "urn:settle:" + code,
        Title = code.Replace('_', ' '),
        Status = ExitStatus.Of(exception),
        Detail = MessageOf(exception),
        Code = code,
        Reason = (exception as RejectedException)?.Refusal,
        Field = exception switch
        {
            InvalidRequestException invalid => invalid.Field,
            IdReusedException reused => reused.Field,
            _ => null,
        },
        Id = exception switch
        {
            RejectedException rejected => rejected.Id,
            OutcomeUnknownException unknown => unknown.Id,
            _ => null,
        },
        Block = exception is RejectedException { Block: > 0 } recorded ? recorded.Block : null,
        Replayed = exception is RejectedException { Replayed: true } ? true : null,
        Shortfall = (exception as InsufficientFundsException)?.Shortfall,
        RefusedAccount = (exception as RejectedException)?.RefusedAccount,
        Excess = (exception as RejectedException)?.Excess,
        Elsewhere = (exception as InsufficientHereException)?.Shortfall,
        Site = (exception as NotHereException)?.Site,
        Url = (exception as NotHereException)?.Url,
        Outcome = exception switch
        {
            OutcomeUnknownException => "unknown",
            StoreUnavailableException => "not_applied",
            _ => null,
        },
    };
}
