using System.Text.Json;
using Settle.Tests.Style;

namespace Settle.Tests.Packages;

/// <summary>A project outside of this one that knows nothing but a package.</summary>
internal sealed class FreshProject : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public FreshProject(PackedFixture packed, string package, string program,
        (string Package, string Version)? other = null, string sdk = "Microsoft.NET.Sdk")
    {
        System.IO.File.WriteAllText(File("Program.cs"), program);
        // Its packages come from here, all others from where this project's own were put, so that
        // neither the network is needed nor anything left behind.
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
                <RestoreSources>{packed.Folder}</RestoreSources>
                <RestorePackagesPath>{File("packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>{RestoredPackages}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="[{packed.Version}]" />
                {(other is { } more ? $"""<PackageReference Include="{more.Package}" Version="{more.Version}" />""" : "")}
              </ItemGroup>
            </Project>
            """);
    }

    /// <summary>The names of the files that the build made.</summary>
    public IEnumerable<string> Built =>
        Directory.EnumerateFiles(File("out"), "*", SearchOption.AllDirectories);

    /// <summary>Builds and runs it.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> RunAsync()
    {
        await DotNet.RunAsync(_folder.Path, "build", "--output", File("out"), "-nodeReuse:false",
            "-p:UseSharedCompilation=false");
        return await DotNet.RunAsync(_folder.Path, File("out/Fresh.dll"));
    }

    public string File(string name) => _folder.File(name);

    public void Dispose() => _folder.Dispose();

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
