using System.Text.Json;
using Settle.Wire;

namespace Settle.Cli.Input;

/// <summary>A seller as JSON.</summary>
internal static class SellerFile
{
    /// <exception cref="InvalidRequestException">It is none.</exception>
    public static SellerRequest Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, WireJson.Compact.SellerRequest)
                ?? throw new InvalidRequestException("file", "must be a seller, a JSON object");
        }
        catch (JsonException e)
        {
            throw new InvalidRequestException("file", $"is no seller as JSON: {e.Message}");
        }
    }
}
