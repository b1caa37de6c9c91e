using Microsoft.Net.Http.Headers;

namespace Settle.Server;

/// <summary>Answers with a problem.</summary>
internal sealed class ProblemResult(Problem problem) : IResult
{
    public const string MediaType = "application/problem+json";
    private const int RetryAfterSeconds = 1;

    public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, problem);

    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = MediaType;
        if (problem.Code is ProblemMaker.Unavailable or ProblemMaker.OutcomeUnknown
            or ProblemMaker.Busy or "keys_unavailable" or "insufficient_here")
            response.Headers[HeaderNames.RetryAfter] =
                RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        var body = JsonSerializer.SerializeToUtf8Bytes(problem, WireJson.Compact.Problem);
        response.ContentLength = body.Length;
        // Not with the request's token: a request whose time is over gets its answer too.
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(body).ConfigureAwait(false);
    }
}
