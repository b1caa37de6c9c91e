namespace Settle.Tests.Style;

/// <summary>The files of this project as they lie on disk.</summary>
internal static class Repository
{
    private static readonly string[] Skipped =
        ["artifacts", "bin", "obj", "node_modules", ".git"];

    public static string Root { get; } = FindRoot();

    /// <summary>Files below a folder of the project, without what is built.</summary>
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        var directory = Path.Combine(Root, folder);
        if (!Directory.Exists(directory))
            return [];
        return Directory.EnumerateFiles(directory, pattern, SearchOption.AllDirectories)
            .Where(file => !Name(file).Split('/').Any(part => Skipped.Contains(part)))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>The C# sources of some folders.</summary>
    public static IEnumerable<CSharpSource> Sources(params string[] folders) =>
        folders.SelectMany(folder => Files(folder, "*.cs"))
            .Select(file => new CSharpSource(Name(file), File.ReadAllText(file)));

    /// <summary>A file's path from the root, with slashes.</summary>
    public static string Name(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Settle.slnx")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("no Settle.slnx above here");
    }
}
