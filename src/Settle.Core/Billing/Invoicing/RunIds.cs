using System.Security.Cryptography;

namespace Settle.Billing;

/// <summary>
/// The ids of a run's invoices: made of the run's id and of what each bills, so that they are the
/// same in every attempt of the run, and the run is known from each.
/// </summary>
internal static class RunIds
{
    private const int HashBytes = 20;

    /// <param name="run">The id of the run.</param>
    /// <param name="customer">Whose charges the invoice bills.</param>
    /// <param name="asset">Their asset.</param>
    /// <param name="part">1, and more where one invoice does not hold all of them.</param>
    public static string Of(string run, string customer, string asset, int part)
    {
        var suffix = part == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $":{part}");
        var id = $"{run}{Plain(customer, asset)}{suffix}";
        // Too long to say: what stands for it is as unique.
        return Encoding.UTF8.GetByteCount(id) <= Limits.IdBytesMax ? id
            : $"{run}{Hashed(customer, asset)}{suffix}";
    }

    /// <summary>The run that an invoice is of; null where its id was not made here.</summary>
    public static string? RunOf(string id, string customer, string asset)
    {
        var part = id.LastIndexOf(':');
        var isPart = part >= 0 && int.TryParse(
            id.AsSpan(part + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return Before(id, Plain(customer, asset)) ?? Before(id, Hashed(customer, asset))
            ?? (isPart ? Before(id[..part], Plain(customer, asset))
                ?? Before(id[..part], Hashed(customer, asset)) : null);
    }

    private static string? Before(string id, string end) =>
        id.Length > end.Length && id.EndsWith(end, StringComparison.Ordinal)
            ? id[..^end.Length] : null;

    private static string Plain(string customer, string asset) => $":{customer}:{asset}";

    private static string Hashed(string customer, string asset)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{customer}:{asset}"));
        return $":{Convert.ToHexStringLower(hash.AsSpan(0, HashBytes))}";
    }
}
