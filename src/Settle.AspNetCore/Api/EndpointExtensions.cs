namespace Settle.Server;

/// <summary>How endpoints say what they take, give, refuse and ask of a key.</summary>
internal static class EndpointExtensions
{
    private const string Json = "application/json";

    /// <summary>Says which role is asked for; whoever maps the API sees to it.</summary>
    public static RouteHandlerBuilder For(this RouteHandlerBuilder endpoint, ApiRole role) =>
        endpoint.WithMetadata(role);

    public static RouteHandlerBuilder Named(this RouteHandlerBuilder endpoint, string name,
        string summary,
        string description) =>
        endpoint.WithName(name).WithMetadata(new OperationInfo(name, summary, description));

    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint, string example)
        where T : notnull =>
        endpoint.Accepts<T>(Json).Info(info =>
            (info.RequestExample, info.TakesId) = (example, Bodies.HasId<T>()));

    /// <summary>Takes an id without a body.</summary>
    public static RouteHandlerBuilder TakesId(this RouteHandlerBuilder endpoint) =>
        endpoint.Info(info => info.TakesId = true);

    /// <summary>May wait for money of other sites.</summary>
    public static RouteHandlerBuilder TakesWait(this RouteHandlerBuilder endpoint) =>
        endpoint.Info(info => info.TakesWait = true);

    public static RouteHandlerBuilder MayBeShort(this RouteHandlerBuilder endpoint) =>
        endpoint.Info(info => info.MayBeShort = true);

    /// <summary>Takes a file.</summary>
    /// <param name="endpoint">What takes it.</param>
    /// <param name="types">What it may be.</param>
    /// <param name="example">One of XML.</param>
    public static RouteHandlerBuilder TakesFile(this RouteHandlerBuilder endpoint,
        IReadOnlyList<string> types, string example) =>
        endpoint.Accepts<string>(types[0], [.. types.Skip(1)])
            .Info(info => info.RequestExample = example);

    public static RouteHandlerBuilder Knows(this RouteHandlerBuilder endpoint,
        params QueryParameter[] parameters) =>
        endpoint.WithMetadata(new QueryParameters(parameters));

    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder endpoint, int status,
        string about,
        string? example = null)
    {
        endpoint.WithMetadata(
            new ProducesResponseTypeMetadata(status, typeof(T), [Json]) { Description = about });
        return example is null ? endpoint
            : endpoint.Info(info => info.ResponseExamples[status] = example);
    }

    public static RouteHandlerBuilder GivesText(this RouteHandlerBuilder endpoint, string mediaType,
        string about) =>
        endpoint.WithMetadata(
            new ProducesResponseTypeMetadata(200, typeof(string),
            [mediaType]) { Description = about });

    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint,
        params int[] statuses)
    {
        foreach (var status in statuses)
            endpoint.WithMetadata(
            new ProducesResponseTypeMetadata(status, typeof(Problem), [ProblemResult.MediaType]));
        return endpoint;
    }

    private static RouteHandlerBuilder Info(this RouteHandlerBuilder endpoint,
        Action<OperationInfo> change)
    {
        endpoint.Add(builder =>
        {
            foreach (var info in builder.Metadata.OfType<OperationInfo>()) change(info);
        });
        return endpoint;
    }
}
