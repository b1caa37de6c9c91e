using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Settle.Server;

namespace Settle.Tests.Server;

/// <summary>
/// Requests that nobody means well with, made from a seed: addresses, headers, cursors and bodies
/// that are nearly right, or not at all.
/// </summary>
internal sealed class HostileRequests(Random random, IReadOnlyList<RouteEndpoint> endpoints)
{
    private static readonly string[] Nasty =
    [
        "", " ", "%00", "%", "%2", "%ZZ", "%FF%FE", "%ED%A0%80", "%2F..%2F", "..", ".", "*", "@world", "Alex",
        "null", "-1", "0", "1", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "1e400", "NaN", "Infinity", "0x10", "１", "٣", "true", "2026-02-30", "0001-01-01", "9999-12-31",
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.9999999-14:00", "2026-11-21T20:23:60Z", "42-7", "42-",
        "18446744073709551615-4294967296", "'; DROP TABLE documents; --", "<script>", "\u202e", "\u0000", "\ud83d\ude00",
        "a\u0301", "%E2%80%8B", new('9', 400), new('a', 2000), "[]", "{}", "\"\"", "a=b&c=d", "#", "?", ";", "\\",
    ];

    private static readonly string[] Headers =
    [
        "Idempotency-Key", "Last-Event-ID", "Content-Encoding", "Accept", "Accept-Encoding", "Range", "If-None-Match",
        "If-Match", "Expect", "Origin", "Referer", "Cookie", "Authorization", "X-HTTP-Method-Override", "Prefer",
        "Content-Language", "Content-MD5", "Trailer", "Upgrade", "Connection", "TE", "X-Forwarded-For", "Via", "Forwarded",
    ];

    private static readonly string[] MediaTypes =
    [
        "application/json", "application/json", "application/json", "application/json; charset=utf-8", "application/xml",
        "application/json; charset=utf-16", "text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded",
        "application/json;", ";", "json", "application/json; charset=\"", "application/problem+json", "",
    ];

    private static readonly string[] Methods =
        ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "QUERY", "get", "PROPFIND"];

    /// <summary>The next one, as the bytes that go over the wire.</summary>
    public byte[] Next()
    {
        var endpoint = endpoints[random.Next(endpoints.Count)];
        var info = endpoint.Metadata.GetMetadata<OperationInfo>();
        var method = Rarely(10) ? Pick(Methods)
            : endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET";
        var head = new StringBuilder($"{method} {Target(endpoint)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        var body = method is "GET" or "HEAD" or "TRACE" && !Rarely(20) ? []
            : Body(info?.RequestExample ?? "{}");
        for (var i = random.Next(3); i > 0; i--)
        {
            var value = Rarely(2) ? Pick(Nasty) : Cursor();
            head.Append($"{Pick(Headers)}: {new string([.. value.Where(c => c is >= ' ' and <= '~')])}\r\n");
        }
        var type = info?.RequestExample?.TrimStart().StartsWith('<') == true && !Rarely(4)
            ? "application/xml" : Rarely(4) ? Pick(MediaTypes) : "application/json";
        if (body.Length > 0 || Rarely(2)) head.Append($"Content-Type: {type}\r\n");
        if (Rarely(8) && body.Length > 0)
        {
            head.Append("Transfer-Encoding: chunked\r\n\r\n");
            return [.. Encoding.UTF8.GetBytes(head.ToString()), .. Chunks(body)];
        }
        if (body.Length > 0 || Rarely(3)) head.Append($"Content-Length: {body.Length}\r\n");
        head.Append("\r\n");
        return [.. Encoding.UTF8.GetBytes(head.ToString()), .. body];
    }

    private string Target(RouteEndpoint endpoint)
    {
        if (Rarely(50)) return "/" + Pick(Nasty).Replace(" ", "%20").Replace("\u0000", "");
        var path = new StringBuilder();
        foreach (var segment in endpoint.RoutePattern.PathSegments)
        {
            path.Append('/');
            foreach (var part in segment.Parts)
            {
                path.Append(part switch
                {
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "ledger" } =>
                        Rarely(20) ? Escaped(Pick(Nasty)) : "bank",
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "documentName" } => "v1",
                    _ => Rarely(3) ? Escaped(Pick(Nasty)) : Pick(["t-1", "h-1", "Alex", "dave", "2026-000001", "1", "points"]),
                });
            }
        }
        if (path.Length == 0) path.Append('/');
        var known = endpoint.Metadata.GetMetadata<QueryParameters>()?.All ?? [];
        for (var i = Rarely(2) ? random.Next(4) : 0; i > 0; i--)
        {
            path.Append(path.ToString().Contains('?') ? '&' : '?')
                .Append(known.Count > 0 && !Rarely(8) ? known[random.Next(known.Count)].Name : Escaped(Pick(Nasty)));
            if (!Rarely(10)) path.Append('=').Append(Rarely(2) ? Escaped(Pick(Nasty)) : Cursor());
        }
        return path.ToString();
    }

    // Escaped well, twice, or hardly.
    private string Escaped(string text) => random.Next(3) switch
    {
        0 => Uri.EscapeDataString(text),
        1 when text.StartsWith('%') => text,
        _ => new string([.. text.Where(c => c is > ' ' and <= '~' and not ('#' or '?' or '/' or '&'))]),
    };

    private string Cursor()
    {
        var numbers = new[] { "-1", "0", "1", "2147483648", "18446744073709551615", "1e5", "\"x\"", "null" };
        var list = Pick(["transfers", "accounts", "balances", "charges", "invoices", "customers", "subscriptions",
            "open holds", "payments", "invoice runs", "an account's entries", "x"]);
        var json = $$"""{"w":"{{list}}","l":{{Pick(numbers)}},"k":{{Pick(numbers)}},"h":{{Pick(numbers)}},"m":{{Pick(numbers)}},"n":"{{Pick(["a", "\\ud800", "\\u0000", ""])}}"}""";
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
    }

    private byte[] Body(string example)
    {
        switch (random.Next(14))
        {
            case 0: return [];
            case 1: return Encoding.UTF8.GetBytes(new string('[', random.Next(5000)));
            case 2: return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<a>", random.Next(3000))));
            case 3: return Encoding.Unicode.GetBytes(example);
            case 4: return [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(example)];
            case 5: return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0];
            case 6: return Encoding.UTF8.GetBytes("\"" + new string('a', 100_000));
            case 7: return Encoding.UTF8.GetBytes(example);
        }
        var bytes = Encoding.UTF8.GetBytes(example).ToList();
        for (var damage = random.Next(1, 4); damage > 0 && bytes.Count > 0; damage--)
        {
            var at = random.Next(bytes.Count);
            var value = Encoding.UTF8.GetBytes(Pick(Nasty));
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, random.Next(1, bytes.Count - at + 1)); break;
                case 2: bytes.InsertRange(at, value); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, random.Next(bytes.Count - at))); break;
                default:
                    ReplaceValue(bytes, at, value);
                    break;
            }
        }
        return [.. bytes];
    }

    // The text or number that begins behind a place becomes another one.
    private static void ReplaceValue(List<byte> bytes, int at, byte[] value)
    {
        var start = bytes.FindIndex(at, each => each == ':');
        var end = start < 0 ? -1 : bytes.FindIndex(start, each => each is (byte)',' or (byte)'}');
        if (end < 0) return;
        bytes.RemoveRange(start + 1, end - start - 1);
        bytes.InsertRange(start + 1, value.Length % 2 == 0 ? value : [(byte)'"', .. value, (byte)'"']);
    }

    private byte[] Chunks(byte[] body)
    {
        var size = random.Next(6) switch
        {
            0 => new string('F', random.Next(8, 40)),
            1 => "-1",
            2 => "zz",
            _ => body.Length.ToString("x", System.Globalization.CultureInfo.InvariantCulture),
        };
        return [.. Encoding.ASCII.GetBytes(size + "\r\n"), .. body, .. Encoding.ASCII.GetBytes("\r\n0\r\n\r\n")];
    }

    private bool Rarely(int once) => random.Next(once) == 0;

    private string Pick(string[] texts) => texts[random.Next(texts.Length)];
}
