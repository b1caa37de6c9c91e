namespace Settle.Cli.Input;

/// <summary>A small file that a command was given.</summary>
internal static class InputFile
{
    private const int BytesMax = 64 * 1024 * 1024;

    /// <exception cref="InvalidRequestException">There is none, or it is a folder.</exception>
    public static void Check(string field, string path)
    {
        if (Directory.Exists(path)) throw new InvalidRequestException(field, $"{path} is a folder");
        if (!File.Exists(path))
            throw new InvalidRequestException(field, $"there is no file {path}");
    }

    /// <exception cref="InvalidRequestException">It cannot be read.</exception>
    public static async Task<byte[]> ReadAsync(string field, string path,
        CancellationToken cancellation)
    {
        Check(field, path);
        try
        {
            if (new FileInfo(path).Length > BytesMax)
                throw new InvalidRequestException(field, $"{path} is larger than {BytesMax} bytes");
            return await File.ReadAllBytesAsync(path, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException(field, $"cannot read {path}: {e.Message}");
        }
    }
}
