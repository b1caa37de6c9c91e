namespace Settle.Server;

/// <summary>Metadata of an endpoint: what the OpenAPI document says of it beyond types.</summary>
internal sealed class OperationInfo(string name, string summary, string description)
{
    public string Name => name;

    public string Summary => summary;

    public string Description => description;

    /// <summary>A body that the operation takes, as JSON.</summary>
    public string? RequestExample { get; set; }

    /// <summary>Whether the request has an id, which the header may hold instead.</summary>
    public bool TakesId { get; set; }

    /// <summary>Whether it may wait for money of other sites (<c>Prefer: wait=5</c>).</summary>
    public bool TakesWait { get; set; }

    /// <summary>Whether its answer may be short (<c>Prefer: return=minimal</c>).</summary>
    public bool MayBeShort { get; set; }

    /// <summary>Answers, as JSON, by status.</summary>
    public Dictionary<int, string> ResponseExamples { get; } = [];
}
