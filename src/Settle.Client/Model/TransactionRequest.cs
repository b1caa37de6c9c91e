namespace Settle;

/// <summary>
/// A request for several postings under one id, all or nothing. Limits apply after all of them.
/// </summary>
public sealed record TransactionRequest
{
    /// <inheritdoc cref="TransferRequest.Id"/>
    public string? Id { get; init; }

    /// <summary>1 to 200 postings.</summary>
    public required IReadOnlyList<Posting> Postings { get; init; }

    /// <inheritdoc cref="TransferRequest.Timestamp"/>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? Timestamp { get; init; }

    /// <inheritdoc cref="TransferRequest.Memo"/>
    public string? Memo { get; init; }

    /// <inheritdoc cref="TransferRequest.Meta"/>
    public IReadOnlyDictionary<string, string>? Meta { get; init; }

    /// <inheritdoc cref="TransferRequest.Wait"/>
    [JsonIgnore]
    public TimeSpan? Wait { get; init; }

    /// <inheritdoc cref="TransferRequest.DryRun"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DryRun { get; init; }
}
