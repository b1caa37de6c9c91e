using System.Net;

namespace Settle.Server;

/// <summary>
/// Where a server listens: <c>127.0.0.1:7171</c>, <c>localhost:7171</c>, <c>[::]:80</c>.
/// </summary>
internal sealed record ListenAddress(IPAddress Address, int Port)
{
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <exception cref="InvalidRequestException">It is not an address and port.</exception>
    public static ListenAddress Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None,
                CultureInfo.InvariantCulture, out var port))
        {
            throw NotAnAddress(text);
        }
        var host = text[..colon];
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return new ListenAddress(IPAddress.Loopback, port);
        if (host is "*" or "+") return new ListenAddress(IPAddress.IPv6Any, port);
        var isBracketed = host.StartsWith('[') && host.EndsWith(']');
        if (host.Contains(':', StringComparison.Ordinal) != isBracketed) throw NotAnAddress(text);
        return IPAddress.TryParse(isBracketed ? host[1..^1] : host, out var address)
            ? new ListenAddress(address, port)
            : throw NotAnAddress(text);
    }

    private static InvalidRequestException NotAnAddress(string text) =>
        Settle.Parse.Fault("listen", text,
            "is not an address and port; write it as 127.0.0.1:7171 or [::1]:7171");
}
