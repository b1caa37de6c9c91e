namespace Settle;

/// <summary>
/// The id was decided before with different content. Nothing happened and nothing is recorded.
/// </summary>
public sealed class IdReusedException : RejectedException
{
    // Of the fields of requests, those that are called by a plural.
    private static readonly HashSet<string> Plurals = new(
        ["allocations", "cash_discounts", "deposits", "first_numbers", "invoiced_charges", "items",
            "lines", "owners", "postings", "prices", "rates", "refunds", "tax_rates", "taxes",
            "terms_days", "texts"], StringComparer.Ordinal);

    /// <summary>Makes the error for the field that differs.</summary>
    public IdReusedException(string id, string field, long block)
        : base(RefusalCode.IdReused, id, block, replayed: false,
            $"id '{id}' was decided before with "
                + $"{(Plurals.Contains(field) ? "other" : "another")} {field}; use a new id for a "
                + "new request")
        => Field = field;

    /// <summary>The field that differs.</summary>
    public string Field { get; }
}
