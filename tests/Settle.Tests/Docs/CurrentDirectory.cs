using Xunit;

namespace Settle.Tests.Docs;

/// <summary>A new directory to be in for a while. Only one test at a time can be somewhere
/// else.</summary>
[CollectionDefinition(nameof(CurrentDirectory), DisableParallelization = true)]
public sealed class CurrentDirectory : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly string _before = Directory.GetCurrentDirectory();

    public CurrentDirectory() => Directory.SetCurrentDirectory(_folder.Path);

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        _folder.Dispose();
    }
}
