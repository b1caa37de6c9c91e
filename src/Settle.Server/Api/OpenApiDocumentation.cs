using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Settle.Server;

/// <summary>Makes the OpenAPI document of what the endpoints say about themselves.</summary>
internal static class OpenApiDocumentation
{
    private const string KeyScheme = "key";
    private const string About = """
        A ledger that never overdraws. Amounts are integers in the asset's minor unit (5000 is 50.00
        USD). Every request that decides something has an id, made by you or by the server; the same
        id is decided once, for ever, so sending a request again is always safe. Errors are problem
        documents (RFC 9457) with a stable `code`.
        """;

    private static readonly Dictionary<string, (string About, string Example)> PathParameters =
        new()
    {
        ["ledger"] = ("The ledger's name: `bank` for `bank.db`.", "bank"),
        ["account"] = ("The account's name, percent-encoded.", "Alex"),
        ["asset"] = ("The asset's code.", "points"),
        ["id"] = ("The id, percent-encoded.", "t-1"),
        ["customer"] = ("The customer's id, percent-encoded.", "dave"),
        ["number"] = (
            "The number of the invoice, reminder or quote, percent-encoded.", "2026-000001"),
        ["site"] = ("The site's name.", "main"),
        ["height"] = ("The block's height, from 1 on.", "1"),
        ["key"] = ("The key's name, percent-encoded.", "shop"),
    };

    public static void Configure(OpenApiOptions options)
    {
        var comments = new ModelComments();
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(async (operation, context, cancellation) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            var problem = await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancellation)
                .ConfigureAwait(false);
            context.Document?.AddComponent(nameof(Problem), problem);
            Describe(operation, metadata, context.Description.RelativePath ?? "", context.Document);
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Describe(schema, context.JsonTypeInfo.Type);
            comments.Describe(schema, context);
            return Task.CompletedTask;
        });
    }

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo { Title = "Settle", Version = "1", Description = About };
        document.Servers?.Clear();
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [KeyScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description =
                    "A key, `sk_...`. A server without keys serves its own machine only "
                    + "and asks for none.",
            },
        };
    }

    private static void Describe(OpenApiOperation operation, IList<object> metadata,
        string path, OpenApiDocument? document)
    {
        if (metadata.OfType<OperationInfo>().FirstOrDefault() is not { } info) return;
        (operation.OperationId, operation.Summary, operation.Description) =
            (info.Name, info.Summary, info.Description);
        operation.Tags?.Clear();
        operation.Parameters = [.. PathParameters
            .Where(known => path.Contains($"{{{known.Key}}}", StringComparison.Ordinal))
            .Select(known => new OpenApiParameter
            {
                Name = known.Key,
                In = ParameterLocation.Path,
                Required = true,
                Description = known.Value.About,
                Example = known.Value.Example,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            })];
        foreach (var parameter in metadata.OfType<QueryParameters>().SelectMany(all => all.All))
            operation.Parameters.Add(ParameterOf(parameter));
        if (info.TakesId) operation.Parameters.Add(IdHeader());
        if (info.TakesWait) operation.Parameters.Add(WaitHeader());
        if (info.MayBeShort) operation.Parameters.Add(ShortHeader());
        if (info.RequestExample is { } example
            && operation.RequestBody is OpenApiRequestBody { Content: { } body })
        {
            var isXml = body.ContainsKey(RequestBody.Xml);
            foreach (var (type, media) in body)
            {
                if (isXml != (type == RequestBody.Xml)) continue;
                media.Example = isXml ? example : JsonNode.Parse(example);
            }
            ((OpenApiRequestBody)operation.RequestBody).Required = true;
        }
        foreach (var (status, answer) in info.ResponseExamples)
            foreach (var media in operation.Responses![$"{status}"].Content!.Values)
                media.Example = JsonNode.Parse(answer);
        foreach (var given in metadata.OfType<ProducesResponseTypeMetadata>())
            if (given.Description is { } about)
                operation.Responses![$"{given.StatusCode}"].Description = about;
        if (!metadata.OfType<ApiRole>().Any()) return;
        AddRefusals(operation, document);
        operation.Description += $" Asks for the role `{RoleOf(metadata)}`.";
        operation.Security =
            [new() { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }];
    }

    private static string RoleOf(IList<object> metadata) =>
        metadata.OfType<ApiRole>().First().ToString().ToLowerInvariant();

    private static OpenApiParameter IdHeader() => new()
    {
        Name = IdempotencyKey.Header,
        In = ParameterLocation.Header,
        Description = "The request's id, where it has none; in quotes, or bare. "
            + "Different from its own, it is refused.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = JsonValue.Create("\"k-17\""),
    };

    private static OpenApiParameter WaitHeader() => new()
    {
        Name = Preferences.Header,
        In = ParameterLocation.Header,
        Description = "At one of several sites: for how many seconds to wait, at most 20, if the "
            + "money is at others.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = JsonValue.Create("wait=5"),
    };

    private static OpenApiParameter ShortHeader() => new()
    {
        Name = Preferences.Header,
        In = ParameterLocation.Header,
        Description = "For a short answer, if all have an id: how many simply succeeded in each "
            + "block, and the other verdicts, each with its place in the batch.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = JsonValue.Create(BatchWire.MinimalPreference),
    };

    private static OpenApiParameter ParameterOf(QueryParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.About,
        Schema = new OpenApiSchema
        {
            Type = parameter.Type == "integer" ? JsonSchemaType.Integer : JsonSchemaType.String,
        },
        Example = parameter.Example.Length == 0 ? null
            : parameter.Type == "integer" ? JsonNode.Parse(parameter.Example)
            : JsonValue.Create(parameter.Example),
    };

    /// <summary>What any request may meet.</summary>
    private static void AddRefusals(OpenApiOperation operation, OpenApiDocument? document)
    {
        operation.Responses ??= [];
        foreach (var status in new[] { 400, 401, 403, 404, 429, 503 })
        {
            if (operation.Responses.ContainsKey($"{status}")) continue;
            operation.Responses[$"{status}"] = new OpenApiResponse
            {
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [ProblemResult.MediaType] =
                        new() { Schema = new OpenApiSchemaReference(nameof(Problem), document) },
                },
            };
        }
        foreach (var (status, response) in operation.Responses)
        {
            if (status[0] != '2' && response is OpenApiResponse { } refusal)
                refusal.Description = string.Join(" or ", ProblemTable.Rows()
                    .Where(row =>
                        $"{row.Status}" == status && row.Status != ProblemTable.RefusedStatus)
                    .Select(row => $"{row.Title} (`{row.Code}`)").DefaultIfEmpty(LedgerRefusals()));
        }
    }

    private static string LedgerRefusals() => "The ledger said no: "
        + string.Join(", ", Refusals.All.Where(row => ProblemTable.Of(row.Text).Status
            == ProblemTable.RefusedStatus)
        .Select(row => $"`{row.Text}`"));

    private static void Describe(OpenApiSchema schema, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        var orNull = plain == type ? default : JsonSchemaType.Null;
        if (plain == typeof(Money) || plain == typeof(TimeSpan))
            schema.Type = JsonSchemaType.Integer | orNull;
        if (plain.IsEnum && Enum.GetNames(plain) is { } names)
        {
            schema.Type = JsonSchemaType.String | orNull;
            // What was not refused has no code.
            schema.Enum = [.. names.Where(name => name != "Unknown"
                && (name != "None" || plain != typeof(RefusalCode)))
                .Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)
                .Select(name => JsonValue.Create(name))];
        }
        if (type == typeof(decimal)) schema.Type = JsonSchemaType.String;
        if (type == typeof(decimal?)) schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
        if (type == typeof(Overdraft) || type == typeof(Overdraft?))
            AmountOr(schema, "unlimited", type);
        if (type == typeof(Ceiling) || type == typeof(Ceiling?)) AmountOr(schema, "none", type);
        if (type == typeof(System.Text.Json.JsonElement)) schema.Type = JsonSchemaType.Object;
    }

    private static void AmountOr(OpenApiSchema schema, string word, Type type)
    {
        schema.OneOf =
        [
            new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "0",
                Maximum = $"{Limits.AmountMax}" },
            new OpenApiSchema { Type = JsonSchemaType.String, Enum = [JsonValue.Create(word)] },
        ];
        if (Nullable.GetUnderlyingType(type) is not null)
            schema.OneOf.Add(new OpenApiSchema { Type = JsonSchemaType.Null });
    }
}
