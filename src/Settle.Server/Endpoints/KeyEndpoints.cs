namespace Settle.Server;

/// <summary><c>/v1/keys</c>: for admins</summary>
internal static class KeyEndpoints
{
    private const string Example = """{"name":"shop","role":"teller","ledgers":["bank"]}""";
    private const string Answer =
        """{"name":"shop","role":"teller","ledgers":["bank"],"key":"sk_..."}""";

    private static readonly string[] Roles = ["reader", "teller", "peer", "admin"];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/keys", (Func<HttpContext, Task<IResult>>)ListAsync).For(ApiRole.Admin)
            .Named("list_keys", "List the server's keys",
                "Without the keys themselves, which nobody can read again. An admin of some "
                + "ledgers sees those keys only that open no other.")
            .Gives<Page<KeyInfo>>(200, "All of them; `next` is always null.");
        app.MapPost("/v1/keys", (Func<HttpContext, Task<IResult>>)AddAsync).For(ApiRole.Admin)
            .Named("add_key", "Make a key",
                "The answer shows it, this once. An admin of some ledgers makes keys for these. A "
                + "running server knows it within a second.")
            .Takes<KeyBody>(Example)
            .Gives<KeyInfo>(201, "The key.", Answer)
            .Refuses(400, 403, 404, 413, 415);
        app.MapDelete("/v1/keys/{key}", (Func<HttpContext, Task<IResult>>)RemoveAsync)
            .For(ApiRole.Admin)
            .Named("remove_key", "Remove a key",
                "Within a second it lets nobody in, and its sessions and streams end. The last "
                + "key that may manage all that it opens is refused: make another one first.")
            .Gives<KeyInfo>(200, "The key that was removed.")
            .Refuses(400, 403, 404);
    }

    private static async Task<IResult> ListAsync(HttpContext context)
    {
        var (file, own) = (FileOf(context), context.Features.Get<ApiKey>()!);
        var keys = await Task.Run(() => ApiKeys.Load(file).All, context.RequestAborted)
            .ConfigureAwait(false);
        return Routes.Json(Routes.Whole(keys.Where(key => Manages(own, key.Ledgers)).Select(Of)));
    }

    private static async Task<IResult> AddAsync(HttpContext context)
    {
        var (file, own) = (FileOf(context), context.Features.Get<ApiKey>()!);
        using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var asked = Bodies.Read<KeyBody>(body.Span);
        var role = RoleOf(asked.Role ?? "teller");
        if (asked.Ledgers is { Count: 0 })
            throw new InvalidRequestException("ledgers", "is empty; name ledgers, or leave it out");
        var ledgers = asked.Ledgers ?? own.Ledgers;
        if (!Manages(own, ledgers))
        {
            throw new HttpProblemException("forbidden", $"the key '{own.Name}' makes keys for "
                + $"{string.Join(", ", own.Ledgers)} only") { Field = "ledgers" };
        }
        // Writing waits for whoever else changes the file.
        var secret = await Task.Run(() => ApiKeys.Add(file, asked.Name, role, ledgers))
            .ConfigureAwait(false);
        return Routes.Json(new KeyInfo(asked.Name, WordOf(role), ledgers) { Key = secret },
            StatusCodes.Status201Created);
    }

    private static async Task<IResult> RemoveAsync(HttpContext context)
    {
        var (file, own) = (FileOf(context), context.Features.Get<ApiKey>()!);
        var name = PathNames.Decode((string)context.GetRouteValue("key")!, "key");
        var removed = await Task.Run(() => ApiKeys.Remove(file, name, (key, others) =>
        {
            if (!Manages(own, key.Ledgers)) return false;
            if (key.Role == ApiRole.Admin && !others.Any(other => other.Role == ApiRole.Admin
                && Manages(other, key.Ledgers)))
            {
                throw new HttpProblemException("forbidden", $"'{name}' is the last admin's key for "
                    + $"{string.Join(", ", key.Ledgers)}; make another one first");
            }
            return true;
        })).ConfigureAwait(false);
        return Routes.Json(Of(
            removed ?? throw new NotFoundException($"there is no key '{name}'")));
    }

    /// <summary>Whether a key opens all that another one does.</summary>
    private static bool Manages(ApiKey own, IReadOnlyList<string> ledgers) =>
        own.Opens(null) || ledgers.All(ledger => ledger != "*" && own.Opens(ledger));

    private static string FileOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<ServeOptions>().KeysFile
            ?? throw new HttpProblemException("not_found",
                "this server has no file of keys; start it with --keys");

    private static KeyInfo Of(ApiKey key) => new(key.Name, WordOf(key.Role), key.Ledgers);

    private static string WordOf(ApiRole role) => role.ToString().ToLowerInvariant();

    private static ApiRole RoleOf(string word) => Roles.Contains(word)
        ? Enum.Parse<ApiRole>(word, ignoreCase: true)
        : throw Parse.NotOneOf("role", word, Roles);
}
