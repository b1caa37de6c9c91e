using System.Security.Cryptography;

namespace Settle.Stores.CouchDb;

/// <summary>
/// Where the index of a ledger is kept that has no file: in the user's cache, in a folder of its
/// own for every location.
/// </summary>
internal static class IndexCache
{
    private const int HashChars = 16;

    /// <summary>The folder for a location; null when this user has no place for caches.</summary>
    /// <param name="name">The ledger's name.</param>
    /// <param name="location">Where the ledger is, without a password.</param>
    /// <param name="cacheFolder">The cache; null for the user's own.</param>
    public static string? FolderOf(string name, string location, string? cacheFolder)
    {
        if ((cacheFolder ?? FindCache()) is not { } cache) return null;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(location)));
        var readable = string.Concat(name.Where(char.IsAsciiLetterOrDigit).Take(32));
        return Path.Combine(cache, $"{readable}-{hash[..HashChars]}.index");
    }

    private static string? FindCache()
    {
        var named = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (Path.IsPathFullyQualified(named ?? "")) return Path.Combine(named!, "settle");
        if (OperatingSystem.IsWindows())
        {
            var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
            return local.Length == 0 ? null : Path.Combine(local, "settle", "cache");
        }
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length == 0 ? null : Path.Combine(home, ".cache", "settle");
    }
}
