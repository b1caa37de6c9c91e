namespace Settle.Cli.Input;

/// <summary>An account's terms as people write them.</summary>
internal static class Terms
{
    /// <exception cref="InvalidRequestException">It is neither.</exception>
    public static Overdraft? ParseOverdraft(string? text, string? asset, Scales scales) =>
        text switch
    {
        null => null,
        "unlimited" => Overdraft.Unlimited,
        _ => Overdraft.Of(scales.Parse("overdraft", text, asset, allowZero: true)),
    };

    /// <exception cref="InvalidRequestException">Neither an amount nor <c>none</c>.</exception>
    public static Ceiling? ParseCeiling(string? text, string? asset, Scales scales) => text switch
    {
        null => null,
        "none" => Ceiling.None,
        _ => Ceiling.Of(scales.Parse("ceiling", text, asset, allowZero: true)),
    };

    public static string Format(Overdraft overdraft, string asset, Scales scales) =>
        overdraft.IsUnlimited ? "unlimited" : scales.Format(overdraft.Minor, asset);

    public static string Format(Ceiling? ceiling, string asset, Scales scales) =>
        ceiling is { IsNone: false } limit ? scales.Format(limit.Minor, asset) : "none";
}
