namespace Settle;

/// <summary>
/// The id was decided before with different content. Nothing happened and nothing is recorded.
/// </summary>
public sealed class IdReusedException : RejectedException
{
    /// <summary>Makes the error for the field that differs.</summary>
    public IdReusedException(string id, string field, long block)
        : base(RefusalCode.IdReused, id, block, replayed: false,
            $"id '{id}' was decided before with another {field}; use a new id for a new request")
        => Field = field;

    /// <summary>The field that differs.</summary>
    public string Field { get; }
}
