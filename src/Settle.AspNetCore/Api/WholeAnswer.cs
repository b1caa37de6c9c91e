namespace Settle.Server;

/// <summary>
/// An answer that is made before its first byte is sent and says how long it is: it arrives whole,
/// or breaks off so that everybody notices.
/// </summary>
internal sealed class WholeAnswer(ReadOnlyMemory<byte> json, int status) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = json.Length;
        await response.Body.WriteAsync(json, httpContext.RequestAborted).ConfigureAwait(false);
    }
}
