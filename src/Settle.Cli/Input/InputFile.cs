namespace Settle.Cli.Input;

/// <summary>A small file that a command was given.</summary>
internal static class InputFile
{
    private const int BytesMax = 64 * 1024 * 1024;

    /// <exception cref="InvalidRequestException">It cannot be read.</exception>
    public static async Task<byte[]> ReadAsync(string field, string path,
        CancellationToken cancellation)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > BytesMax })
                throw new InvalidRequestException(field, $"{path} is larger than {BytesMax} bytes");
            return await File.ReadAllBytesAsync(path, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException(field, $"cannot read {path}: {e.Message}");
        }
    }
}
