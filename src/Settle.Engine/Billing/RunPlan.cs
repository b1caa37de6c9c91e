namespace Settle.Billing;

/// <summary>What a run was asked to do.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Request">The request.</param>
/// <param name="Date">The date of its invoices.</param>
/// <param name="MayRepeat">Whether it may have run before: somebody chose its id.</param>
internal sealed record RunPlan(string Id, InvoiceRunRequest Request, DateOnly Date, bool MayRepeat)
{
    public int Through => Request.Through.DayNumber;

    /// <summary>The id of an invoice: the same in every attempt of the run.</summary>
    public string InvoiceId(string customer, string asset, int part)
    {
        var suffix = part == 1 ? "" : string.Create(
            CultureInfo.InvariantCulture, $":{part}");
        var id = $"{Id}:{customer}:{asset}{suffix}";
        if (Encoding.UTF8.GetByteCount(id) <= Limits.IdBytesMax) return id;
        // Too long to say: what stands for it is as unique.
        var hash = System.Security.Cryptography.SHA256.HashData(
            Encoding.UTF8.GetBytes($"{customer}:{asset}"));
        return $"{Id}:{Convert.ToHexStringLower(hash.AsSpan(0, 20))}{suffix}";
    }
}
