namespace Settle.Canaries;

/// <summary>Which of the planted bugs is alive.</summary>
public static class Planted
{
    /// <summary>Its name; empty for none.</summary>
    public static string Name { get; set; } = "";

    public static bool Is(string name) => ReferenceEquals(Name, name) || Name == name;
}
