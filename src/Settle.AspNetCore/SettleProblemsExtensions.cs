using Settle.Server;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the ledger's problem documents to a host.</summary>
public static class SettleProblemsExtensions
{
    /// <summary>
    /// Lets <c>app.UseExceptionHandler()</c> answer every <see cref="Settle.SettleException"/> with
    /// a problem document (RFC 9457) that has its stable <c>code</c>, with the same statuses as a
    /// Settle server: 422 for what the ledger refuses, 400 for what is malformed, 409 for an id
    /// that was used before, 503 when the store cannot be reached. Other errors are the host's.
    /// </summary>
    public static IServiceCollection AddSettleProblems(this IServiceCollection services) =>
        services.AddProblemDetails().AddExceptionHandler<ProblemHandler>();
}
