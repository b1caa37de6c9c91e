namespace Settle.Server;

/// <summary>
/// Metadata of an endpoint: the parameters it knows. Any other is refused by name.
/// </summary>
internal sealed class QueryParameters(params QueryParameter[] all)
{
    public IReadOnlyList<QueryParameter> All => all;

    /// <exception cref="InvalidRequestException">
    /// The query has another parameter, or one of them twice.
    /// </exception>
    public static void Check(HttpContext context)
    {
        var query = context.Request.Query;
        var metadata = context.GetEndpoint()?.Metadata;
        if (query.Count == 0 || metadata?.GetMetadata<OperationInfo>() is null) return;
        PathNames.Decode(context.Request.QueryString.Value!, "query");
        var known = metadata.GetMetadata<QueryParameters>()?.All ?? [];
        foreach (var (name, values) in query)
        {
            if (!known.Any(parameter => parameter.Name == name))
                throw new InvalidRequestException(name, known.Count == 0
                    ? "is not known here; this address takes no parameters"
                    : $"is not known here{NearestName.Suggest(name, known.Select(e => e.Name))} "
                        + $"(known: {string.Join(", ", known.Select(each => each.Name))})");
            if (values.Count > 1)
                throw new InvalidRequestException(name, "must not be given twice");
        }
    }
}
