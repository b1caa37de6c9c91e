namespace Settle.Cli;

/// <summary>A folder that is deleted when the command that made it ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("settle-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
