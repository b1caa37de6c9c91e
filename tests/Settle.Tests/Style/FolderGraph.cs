using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Settle.Tests.Style;

/// <summary>
/// Which folders of a project use types of which others, by name or only by their members. A folder
/// is what stands first below the project, with all that is in it; the files beside the folders are
/// one more, called <see cref="Beside"/>.
/// </summary>
internal sealed class FolderGraph
{
    public const string Beside = ".";

    private static readonly ConcurrentDictionary<string, Lazy<FolderGraph>> Known = [];

    private readonly string _folder;
    private readonly ConcurrentDictionary<(string From, string To), string> _edges = [];

    private FolderGraph(string project)
    {
        _folder = Path.Combine(Repository.Root, "src", project);
        var compilation = Compile(project);
        compilation.SyntaxTrees.AsParallel()
            .Where(tree => tree.FilePath.StartsWith(_folder + "/", StringComparison.Ordinal))
            .ForAll(tree => Read(tree, compilation.GetSemanticModel(tree)));
    }

    public IEnumerable<(string From, string To)> Edges => _edges.Keys;

    public static FolderGraph Of(string project) =>
        Known.GetOrAdd(project, static name => new(() => new FolderGraph(name))).Value;

    public string Why((string From, string To) edge) =>
        $"{edge.From} -> {edge.To} ({_edges[edge]})";

    /// <summary>The edges that lie in a cycle.</summary>
    public List<(string From, string To)> Cyclic()
    {
        var next = Edges.ToLookup(edge => edge.From, edge => edge.To, StringComparer.Ordinal);
        return [.. Edges.Where(edge => Reaches(next, edge.To, edge.From))];
    }

    // What generators add is missing, and changes no edge: it stands in no folder.
    private static CSharpCompilation Compile(string project)
    {
        var usings = Directory.EnumerateFiles(
            Path.Combine(Repository.Root, "artifacts/obj", project), "*.GlobalUsings.g.cs",
            SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc)!;
        var trees = Repository.Files("src/" + project, "*.cs").Append(usings).AsParallel()
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: file));
        var known = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(file => Path.GetFileNameWithoutExtension(file) != project)
            .Select(file => MetadataReference.CreateFromFile(file));
        return CSharpCompilation.Create(project, trees, known, new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true,
            metadataImportOptions: MetadataImportOptions.All));
    }

    private void Read(SyntaxTree tree, SemanticModel model)
    {
        var from = FolderOf(tree);
        foreach (var name in tree.GetRoot().DescendantNodes(node => node is not UsingDirectiveSyntax)
            .OfType<SimpleNameSyntax>())
        {
            var info = model.GetSymbolInfo(name);
            var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
            if (symbol is IMethodSymbol { ReducedFrom: { } extension }) symbol = extension;
            for (var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType; type is not null;
                type = type.ContainingType)
            {
                foreach (var to in type.OriginalDefinition.DeclaringSyntaxReferences
                    .Select(part => FolderOf(part.SyntaxTree)).Where(to => to != from))
                {
                    _edges.TryAdd((from, to),
                        $"{Repository.Name(tree.FilePath)}:"
                        + $"{name.GetLocation().GetLineSpan().StartLinePosition.Line + 1} uses "
                        + (SymbolEqualityComparer.Default.Equals(symbol, type) ? type.Name
                            : $"{type.Name}.{symbol!.Name}"));
                }
            }
        }
    }

    private string FolderOf(SyntaxTree tree)
    {
        var rest = Path.GetRelativePath(_folder, tree.FilePath).Replace('\\', '/');
        return rest.Contains('/') ? rest[..rest.IndexOf('/')] : Beside;
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
}
