using System.Text.Json.Serialization.Metadata;

namespace Settle.Server;

/// <summary>
/// The one shape of an endpoint: read the request strictly, ask the ledger, answer as JSON.
/// </summary>
internal static class Routes
{
    private static readonly int[] WriteRefusals = [400, 409, 413, 415, 421, 422];

    /// <summary>Reads something that is always there.</summary>
    public static RouteHandlerBuilder Get<T>(this IEndpointRouteBuilder ledger, string path,
        Func<LedgerCall, Task<T>> read) where T : class => ledger.Read(path, async call =>
            Json(await read(call).ConfigureAwait(false)));

    /// <summary>Reads a page of a list, when it is its turn.</summary>
    public static RouteHandlerBuilder List<T>(this IEndpointRouteBuilder ledger, string path,
        Func<LedgerCall, Task<Page<T>>> read) => ledger.Get(path,
            call => call.InTurnAsync(WorkKind.List, () => read(call)));

    /// <summary>Reads something that may not be there.</summary>
    /// <param name="ledger">The group of a ledger's addresses.</param>
    /// <param name="path">The address within it; its last name is what is looked for.</param>
    /// <param name="what">What that is, for people.</param>
    /// <param name="find">Finds it; null when there is none.</param>
    public static RouteHandlerBuilder Find<T>(this IEndpointRouteBuilder ledger, string path,
        string what, Func<LedgerCall, Task<T?>> find) where T : class
    {
        return ledger.Read(path, async call =>
            Json(await find(call).ConfigureAwait(false) ?? throw Missing(call)));

        NotFoundException Missing(LedgerCall call) => path.LastIndexOf('{') is var start and >= 0
            ? new($"there is no {what} '{call[path[(start + 1)..path.LastIndexOf('}')]]}'")
            : new($"there is no {what} yet; PUT one here");
    }

    /// <summary>Reads something that is not written as JSON of the model.</summary>
    public static RouteHandlerBuilder Read(this IEndpointRouteBuilder ledger, string path,
        Func<LedgerCall, Task<IResult>> read) =>
        ledger.On(HttpMethods.Get, path, ApiRole.Reader, read).Refuses(400);

    /// <summary>
    /// Decides something: 201 when it was decided now, 200 when it had been before.
    /// </summary>
    public static RouteHandlerBuilder Post<TBody, T>(this IEndpointRouteBuilder ledger,
        string path, Func<LedgerCall, TBody, Task<T>> write, ApiRole role = ApiRole.Teller)
        where TBody : notnull where T : class
    {
        var replayed = TypeOf<T>().Properties.FirstOrDefault(each => each.Name == "replayed")?.Get;
        var endpoint = ledger.Post<TBody>(path, async (call, body) =>
        {
            var made = await write(call, body).WaitAsync(call.Stop).ConfigureAwait(false);
            return Json(made, Status(replayed?.Invoke(made) is not false));
        }, role);
        return replayed is null ? endpoint
            : endpoint.Gives<T>(200, "It was decided before, under this id.");
    }

    /// <summary>Decides something that is not answered with JSON of the model.</summary>
    public static RouteHandlerBuilder Post<TBody>(this IEndpointRouteBuilder ledger, string path,
        Func<LedgerCall, TBody, Task<IResult>> write, ApiRole role = ApiRole.Teller)
        where TBody : notnull =>
        ledger.Write(HttpMethods.Post, path, role, write).Refuses(WriteRefusals);

    /// <summary>Sets something that the address names.</summary>
    public static RouteHandlerBuilder Put<TBody, T>(this IEndpointRouteBuilder ledger, string path,
        Func<LedgerCall, TBody, Task<T>> write, ApiRole role = ApiRole.Admin)
        where TBody : notnull where T : class =>
        ledger.Write<TBody>(HttpMethods.Put, path, role, async (call, body) =>
            Json(await write(call, body).WaitAsync(call.Stop).ConfigureAwait(false)))
            .Refuses(WriteRefusals);

    /// <summary>Takes many requests and answers with a verdict on each.</summary>
    public static RouteHandlerBuilder Batch(this IEndpointRouteBuilder ledger, string path,
        Func<LedgerCall, RequestBody, Task> write) =>
        ledger.On(HttpMethods.Post, path, ApiRole.Teller, async call =>
        {
            _ = call.Ledger;
            using var body = await RequestBody.ReadAsync(call.Context).ConfigureAwait(false);
            await write(call, body).ConfigureAwait(false);
            return TypedResults.Empty;
        }).Refuses(400, 413, 415);

    /// <summary>Any endpoint: all that the others do not have in common.</summary>
    public static RouteHandlerBuilder On(this IEndpointRouteBuilder ledger, string method,
        string path, ApiRole role, Func<LedgerCall, Task<IResult>> answer) =>
        ledger.MapMethods(path, [method],
            (Func<HttpContext, Task<IResult>>)(context => answer(new LedgerCall(context))))
            .For(role);

    /// <summary>201 for what was decided now, 200 for what had been before.</summary>
    public static int Status(bool replayed) =>
        replayed ? StatusCodes.Status200OK : StatusCodes.Status201Created;

    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK)
        where T : class => new WholeAnswer(
            JsonSerializer.SerializeToUtf8Bytes(value, TypeOf<T>()), status);

    /// <summary>A list that has one page.</summary>
    public static Page<T> Whole<T>(IEnumerable<T> items) => new([.. items], null);

    private static RouteHandlerBuilder Write<TBody>(this IEndpointRouteBuilder ledger,
        string method, string path, ApiRole role, Func<LedgerCall, TBody, Task<IResult>> write)
        where TBody : notnull =>
        ledger.On(method, path, role, async call =>
        {
            // That there is no such ledger is said first.
            _ = call.Ledger;
            using var body = await RequestBody.ReadAsync(call.Context).ConfigureAwait(false);
            var id = IdempotencyKey.Of(call.Context.Request);
            return await write(call, Bodies.Read<TBody>(body.Span, id)).ConfigureAwait(false);
        });

    private static JsonTypeInfo<T> TypeOf<T>() =>
        (JsonTypeInfo<T>)WireJson.Compact.Options.GetTypeInfo(typeof(T));
}
