namespace Settle.Cli;

/// <summary>A folder that goes with the command that made it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("settle-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
