using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Packages;

/// <summary>Packs what the tests' own build has built.</summary>
public sealed class PackedFixture : IAsyncLifetime
{
    private readonly TemporaryDirectory _folder = new();

    /// <summary>A version that nobody else has.</summary>
    public string Version { get; } = $"0.0.{Environment.ProcessId}";

    /// <summary>The folder with the packages: a source to restore from.</summary>
    public string Folder => _folder.Path;

    public string FileOf(string package) => _folder.File($"{package}.{Version}.nupkg");

    public async ValueTask InitializeAsync() => await DotNet.RunAsync(Repository.Root, null,
        "pack", Path.Combine(Repository.Root, "Settle.slnx"), "--configuration", "Release", "--no-build",
        "--output", Folder, $"-p:Version={Version}", "-nodeReuse:false");

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
