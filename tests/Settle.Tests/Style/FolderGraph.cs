using System.Text.RegularExpressions;

namespace Settle.Tests.Style;

/// <summary>
/// Which folders of a project name types of which others. A folder is what stands first below the
/// project, with all that is in it; the files beside the folders are one more, called <c>.</c>.
/// </summary>
internal sealed partial class FolderGraph
{
    // After these a name is that of a type; after any other word it is what is being declared.
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "await", "base", "case", "const", "else", "event", "explicit", "extern",
        "file", "fixed", "from", "goto", "implicit", "in", "init", "internal", "is", "lock", "new",
        "not", "and", "or", "operator", "out", "override", "params", "partial", "private",
        "protected", "public", "readonly", "ref", "required", "return", "scoped", "sealed",
        "select", "static", "this", "throw", "unsafe", "using", "virtual", "volatile", "when",
        "where", "with", "yield",
    };

    private readonly Dictionary<(string From, string To), string> _edges = [];

    public FolderGraph(string project)
    {
        var sources = Repository.Sources("src/" + project)
            .Select(source => (Folder: FolderOf(source.Name, project), Source: source)).ToList();
        var folders = sources.SelectMany(each => each.Source.TopTypes
                .Select(type => (Type: type, each.Folder)))
            .Distinct().ToLookup(each => each.Type, each => each.Folder, StringComparer.Ordinal);
        foreach (var (folder, source) in sources)
        {
            foreach (var type in Named(source.Code))
            {
                // A name that the folder itself has, or that several have, leads nowhere else.
                if (!folders.Contains(type) || folders[type].Count() > 1) continue;
                var other = folders[type].Single();
                if (other != folder)
                    _edges.TryAdd((folder, other), $"{source.Name} names {type}");
            }
        }
    }

    public IEnumerable<(string From, string To)> Edges => _edges.Keys;

    public string Why((string From, string To) edge) =>
        $"{edge.From} -> {edge.To} ({_edges[edge]})";

    /// <summary>The edges that lie in a cycle, some of all edges being left out.</summary>
    public List<(string From, string To)> Cyclic(ISet<(string From, string To)> leftOut)
    {
        var edges = Edges.Where(edge => !leftOut.Contains(edge)).ToList();
        var next = edges.ToLookup(edge => edge.From, edge => edge.To, StringComparer.Ordinal);
        return [.. edges.Where(edge => Reaches(next, edge.To, edge.From))];
    }

    private static bool Reaches(ILookup<string, string> next, string from, string to)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([from]);
        while (open.TryPop(out var folder))
        {
            if (folder == to) return true;
            if (!seen.Add(folder)) continue;
            foreach (var neighbour in next[folder]) open.Push(neighbour);
        }
        return false;
    }

    private static string FolderOf(string file, string project)
    {
        var rest = file["src/".Length..][(project.Length + 1)..];
        return rest.Contains('/') ? rest[..rest.IndexOf('/')] : ".";
    }

    private static HashSet<string> Named(string code)
    {
        var declared = DeclaredPattern.Matches(code)
            .Where(match => !Keywords.Contains(match.Groups["before"].Value))
            .Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        return NamePattern.Matches(DirectivePattern.Replace(code, ""))
            .Select(match => match.Groups["name"].Value)
            .Where(name => !declared.Contains(name)).ToHashSet(StringComparer.Ordinal);
    }

    // What follows a dot is a member, what is called without 'new' is a method, and what is
    // assigned to is a property.
    [GeneratedRegex(
        @"(?<!\w)(?<!\.)(?<name>[A-Z]\w*)\b(?!\s*=[^=>])(?!\s*\()|\b(new|:)\s+(?<name>[A-Z]\w*)\s*\(")]
    private static partial Regex NamePattern { get; }

    [GeneratedRegex(@"(?<before>\w+|[>\]?])\s+(?<name>[A-Z]\w*)\s*(\{|=|;|,|\)|\()")]
    private static partial Regex DeclaredPattern { get; }

    [GeneratedRegex(@"^\s*(using|namespace)\s[^;({]*;", RegexOptions.Multiline)]
    private static partial Regex DirectivePattern { get; }
}
