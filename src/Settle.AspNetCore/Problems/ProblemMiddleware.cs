namespace Settle.Server;

/// <summary>
/// Makes a problem document of every error, whoever raised it, and shows no stack trace.
/// </summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next,
    ILogger<ProblemMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context).ConfigureAwait(false);
            var response = context.Response;
            if (response.StatusCode >= 400 && !response.HasStarted && response.ContentType is null)
                await WriteAsync(context, ProblemMaker.OfStatus(response.StatusCode, context))
                    .ConfigureAwait(false);
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
            LogAborted(log, e.GetType().Name);
            if (!context.Response.HasStarted)
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var problem = ProblemMaker.From(e);
            if (problem is null)
            {
                LogMistake(log, e);
                problem = ProblemMaker.Make("internal", "the server made a mistake and logged it");
            }
            if (e is StoreCorruptException) LogDamaged(log, e);
            await WriteAsync(context, problem).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Half an answer must not look like a whole one.
            LogBroken(log, e);
            context.Abort();
        }
    }

    private static Task WriteAsync(HttpContext context, Wire.Problem problem)
    {
        var allow = context.Response.Headers.Allow;
        context.Response.Clear();
        if (allow.Count > 0) context.Response.Headers.Allow = allow;
        SecurityHeaders.Add(context.Response.Headers);
        return ProblemResult.WriteAsync(context, problem);
    }

    [LoggerMessage(LogLevel.Debug, "The client went away ({Error})")]
    private static partial void LogAborted(ILogger logger, string error);

    [LoggerMessage(LogLevel.Error, "An answer broke off")]
    private static partial void LogBroken(ILogger logger, Exception error);

    [LoggerMessage(LogLevel.Error, "A ledger is damaged or has stopped")]
    private static partial void LogDamaged(ILogger logger, Exception error);

    [LoggerMessage(LogLevel.Error, "A request failed in a way that no request should")]
    private static partial void LogMistake(ILogger logger, Exception error);
}
