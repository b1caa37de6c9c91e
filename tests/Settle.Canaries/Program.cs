using System.Globalization;
using Settle.Canaries;
using Settle.Simulation;

// settle-canaries SEED SECONDS [NAME...]: looks for each planted bug, and says how many seeds that
// took. settle-canaries explore COPIES MISHAP NAME...: makes every order of a small case on a cluster
// of so many copies instead, with one fault of a kind, and says how many orders it took.
// Exit status 1 when one was not found.
if (args[0] == "explore") return Explore(args[1..]);
var seed = ulong.Parse(args[0], CultureInfo.InvariantCulture);
var timeMax = TimeSpan.FromSeconds(double.Parse(args[1], CultureInfo.InvariantCulture));
var all = BugList.Read(Path.Combine(AppContext.BaseDirectory, "bugs.txt"));
var wanted = args[2..].ToHashSet();
var missed = 0;
foreach (var (name, protocolName) in all.Where(bug => wanted.Count == 0 || wanted.Contains(bug.Name)))
{
    Planted.Name = name;
    var protocol = Protocol.Find(protocolName)!;
    var sweep = new Sweep(protocol, protocol.Bounds);
    var found = sweep.Find(seed, 100_000, timeMax);
    if (found is null) missed++;
    var how = found is null ? "not found" : found.Violation!.ToString();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{name}\t{(found is null ? 0 : found.Seed - seed + 1)}\t{sweep.Done}\t")
        + $"{sweep.Seconds.ToString("0.0", CultureInfo.InvariantCulture)}\t{FirstLine(how)}");
}
return missed == 0 ? 0 : 1;

static int Explore(IReadOnlyList<string> words)
{
    var mishap = Enum.Parse<Mishap>(words[1]);
    var scope = Scope.OfCluster(int.Parse(words[0], CultureInfo.InvariantCulture),
        mishap == Mishap.None ? 0 : 1, mishap, words[1]);
    var missed = 0;
    foreach (var name in words.Skip(2))
    {
        Planted.Name = name;
        var explorer = new Explorer(scope);
        var found = explorer.Explore(TimeSpan.FromMinutes(10));
        if (found is null) missed++;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}\t{explorer.Orders}\t{explorer.Steps.Count}\t")
            + FirstLine(found?.ToString() ?? "not found"));
    }
    return missed == 0 ? 0 : 1;
}

static string FirstLine(string text) => text.Split('\n')[0] is { Length: > 160 } line
    ? line[..160] : text.Split('\n')[0];
