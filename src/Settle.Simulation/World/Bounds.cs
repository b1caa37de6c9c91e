namespace Settle.Simulation;

/// <summary>How large and how bad a world may be; a seed draws one within these.</summary>
internal sealed record Bounds
{
    public int Servers { get; init; } = 3;

    public int Clients { get; init; } = 4;

    /// <summary>Calls of each client.</summary>
    public int Calls { get; init; } = 8;

    public Faults Faults { get; init; } = Faults.All;

    /// <summary>Whether there is more than transfers.</summary>
    public bool HasAllKinds { get; init; } = true;

    /// <summary>Whether some indexes are on disk.</summary>
    public bool HasIndexes { get; init; } = true;

    /// <summary>What may come by chance, by its number in the run; null for everything.</summary>
    public IReadOnlyList<int>? Only { get; init; }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"servers={Servers} clients={Clients} calls={Calls} ")
        + $"kinds={(HasAllKinds ? "all" : "transfers")} "
        + $"indexes={(HasIndexes ? "some" : "none")} faults={FaultNames}"
        + (Only is null ? "" : Only.Count == 0 ? " only=none" : $" only={string.Join(',', Only)}");

    /// <summary>
    /// Reads what <see cref="ToString"/> wrote; what is left out stays as in the given ones.
    /// </summary>
    /// <exception cref="FormatException">Names the word that is not understood.</exception>
    public static Bounds Parse(string text, Bounds bounds)
    {
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = word.Split('=', 2) is [var a, var b] ? (a, b) : (word, "");
            bounds = name switch
            {
                "servers" => bounds with { Servers = Number(word, value) },
                "clients" => bounds with { Clients = Number(word, value) },
                "calls" => bounds with { Calls = Number(word, value) },
                "kinds" when value is "all" or "transfers" =>
                    bounds with { HasAllKinds = value == "all" },
                "indexes" when value is "some" or "none" =>
                    bounds with { HasIndexes = value == "some" },
                "faults" => bounds with { Faults = ParseFaults(value) },
                "only" => bounds with { Only = ParseOnly(word, value) },
                _ => throw new FormatException($"'{word}' is none of servers=N, clients=N, "
                    + "calls=N, kinds=all|transfers, indexes=some|none, faults=NAME,NAME, "
                    + "only=NUMBER,NUMBER"),
            };
        }
        return bounds;
    }

    private string FaultNames => Faults switch
    {
        Faults.All => "all",
        Faults.None => "none",
        _ => string.Join(',', Enum.GetValues<Faults>()
            .Where(fault => fault is not (Faults.None or Faults.All) && Faults.HasFlag(fault))),
    };

    private static int Number(string word, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number is >= 1 and <= 64
            ? number : throw new FormatException($"'{word}': must be 1 to 64");

    private static List<int> ParseOnly(string word, string value) => value == "none" ? []
        : [.. value.Split(',').Select(number =>
            int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
                ? parsed : throw new FormatException($"'{word}': must be numbers, or none"))];

    private static Faults ParseFaults(string value)
    {
        var faults = Faults.None;
        foreach (var name in value.Split(','))
        {
            if (!Enum.TryParse<Faults>(name, ignoreCase: true, out var fault))
                throw new FormatException($"'{name}' is not a fault; there are all, none, "
                    + string.Join(", ", Enum.GetNames<Faults>()[1..^1]));
            faults |= fault;
        }
        return faults;
    }
}
