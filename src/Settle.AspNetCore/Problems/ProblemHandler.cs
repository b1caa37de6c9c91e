using Microsoft.AspNetCore.Diagnostics;

namespace Settle.Server;

/// <summary>
/// Answers with a problem document when the ledger refused or could not be reached. Errors of the
/// host's own are left to the host.
/// </summary>
internal sealed class ProblemHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception,
        CancellationToken cancellationToken)
    {
        if (exception is not SettleException || ProblemMaker.From(exception) is not { } problem)
            return false;
        await ProblemResult.WriteAsync(httpContext, problem).ConfigureAwait(false);
        return true;
    }
}
