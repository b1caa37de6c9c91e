namespace Settle.Cli.Input;

/// <summary>An account's limits as people read them.</summary>
internal static class Terms
{
    public static string Format(Overdraft overdraft, string asset, Scales scales) =>
        overdraft.IsUnlimited ? "unlimited" : scales.Format(overdraft.Minor, asset);

    public static string Format(Ceiling? ceiling, string asset, Scales scales) =>
        ceiling is { IsNone: false } limit ? scales.Format(limit.Minor, asset) : "none";
}
