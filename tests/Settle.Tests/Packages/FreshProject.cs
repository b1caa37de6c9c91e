using System.Text.Json;
using Settle.Tests.Style;

namespace Settle.Tests.Packages;

/// <summary>
/// A project outside of this one that does what the documents say, with an empty package cache.
/// </summary>
internal sealed class FreshProject : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly PackedFixture _packed;
    private readonly PackageGuide _guide;

    public FreshProject(PackedFixture packed, PackageGuide guide, string sdk = "Microsoft.NET.Sdk")
    {
        (_packed, _guide) = (packed, guide);
        System.IO.File.WriteAllText(File("Program.cs"), guide.Program);
        System.IO.File.WriteAllText(File("Fresh.csproj"), $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <UseAppHost>false</UseAppHost>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
            </Project>
            """);
        // The packages of others come from where this project's own were put, which is a source
        // like any other: the network is not needed.
        System.IO.File.WriteAllText(File("nuget.config"), $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="others" value="{RestoredPackages}" />
              </packageSources>
              <fallbackPackageFolders>
                <clear />
              </fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>The names of the files that the build made.</summary>
    public IEnumerable<string> Built =>
        Directory.EnumerateFiles(File("out"), "*", SearchOption.AllDirectories);

    /// <summary>Does what the documents say, builds and runs it.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> RunAsync()
    {
        await DocumentedAsync(PackageGuide.AddSource);
        foreach (var command in _guide.Commands) await DocumentedAsync(command);
        await DotNet.RunAsync(_folder.Path, Cache, "build", "--output", File("out"),
            "-nodeReuse:false", "-p:UseSharedCompilation=false");
        return await DotNet.RunAsync(_folder.Path, Cache, File("out/Fresh.dll"));
    }

    public string File(string name) => _folder.File(name);

    public void Dispose() => _folder.Dispose();

    private string Cache => File("cache");

    // The folder is said as in a shell that is where the packages were made.
    private Task<string> DocumentedAsync(string command) => DotNet.RunAsync(_folder.Path, Cache,
        [.. command.Split(' ').Skip(1)
            .Select(word => word == "\"$PWD/packages\"" ? _packed.Folder : word)]);

    private static string RestoredPackages
    {
        get
        {
            var assets = Path.Combine(Repository.Root, "artifacts/obj/Settle.Tests/project.assets.json");
            using var json = JsonDocument.Parse(System.IO.File.ReadAllBytes(assets));
            return json.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;
        }
    }
}
