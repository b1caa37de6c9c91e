using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>A real browser with one page, driven through its own protocol.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _folder = new();
    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _calls = [];
    private Task _reading = Task.CompletedTask;
    private string? _session;
    private int _lastCall;

    private Browser() => _process = Process.Start(new ProcessStartInfo(Program,
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--remote-debugging-port=0",
        $"--user-data-dir={_folder.Path}", "about:blank",
    ])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>Errors of scripts, and what the browser wrote to the console as an error.</summary>
    public ConcurrentQueue<string> Errors { get; } = [];

    /// <summary>Starts a browser and opens a page in it.</summary>
    public static async Task<Browser> OpenAsync(Uri address)
    {
        Assert.SkipUnless(File.Exists(Program), "chromium is not installed; ./test installs it");
        var browser = new Browser();
        try
        {
            await browser.ConnectAsync();
            await browser.CallAsync("Page.navigate", new JsonObject { ["url"] = address.ToString() });
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Cuts the page off from every network, or lets it back.</summary>
    public Task SetOfflineAsync(bool isOffline) => CallAsync("Network.emulateNetworkConditions",
        new JsonObject
        {
            ["offline"] = isOffline,
            ["latency"] = 0,
            ["downloadThroughput"] = -1,
            ["uploadThroughput"] = -1,
        });

    /// <summary>Shows the page as on a screen of some width, in the light or the dark.</summary>
    public async Task ShowAsAsync(int width, string scheme)
    {
        await CallAsync("Emulation.setDeviceMetricsOverride", new JsonObject
        {
            ["width"] = width,
            ["height"] = 900,
            ["deviceScaleFactor"] = 1,
            ["mobile"] = false,
        });
        await CallAsync("Emulation.setEmulatedMedia", new JsonObject
        {
            ["features"] = new JsonArray(
                new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
        });
    }

    /// <summary>Gives a field that is chosen by a selector a file.</summary>
    public async Task ChooseFileAsync(string selector, string file)
    {
        var found = await CallAsync("Runtime.evaluate",
            new JsonObject { ["expression"] = $"document.querySelector('{selector}')" });
        await CallAsync("DOM.setFileInputFiles", new JsonObject
        {
            ["files"] = new JsonArray(file),
            ["objectId"] = found.GetProperty("result").GetProperty("objectId").GetString(),
        });
    }

    /// <summary>Presses a key, such as <c>Enter</c>, with Ctrl or without.</summary>
    public async Task PressAsync(string key, bool isControl = false)
    {
        foreach (var type in new[] { "keyDown", "keyUp" })
        {
            await CallAsync("Input.dispatchKeyEvent", new JsonObject
            {
                ["type"] = type,
                ["key"] = key,
                ["code"] = key.Length == 1 ? $"Key{key.ToUpperInvariant()}" : key,
                ["windowsVirtualKeyCode"] = key switch { "Enter" => 13, "Tab" => 9, "Escape" => 27, _ => (int)char.ToUpperInvariant(key[0]) },
                ["modifiers"] = isControl ? 2 : 0,
                ["text"] = type == "keyDown" && key == "Enter" ? "\r" : "",
            });
        }
    }

    /// <summary>Types a text where the focus is.</summary>
    public Task TypeAsync(string text) => CallAsync("Input.insertText", new JsonObject { ["text"] = text });

    /// <summary>Waits until an expression is true in the page.</summary>
    public async Task WaitForAsync(string expression)
    {
        using var patience = new CancellationTokenSource(Patience);
        while ((await EvaluateAsync(expression)).ValueKind != JsonValueKind.True)
        {
            if (patience.IsCancellationRequested)
            {
                var page = await EvaluateAsync("document.body.innerText");
                Assert.Fail($"never: {expression}\n{string.Join('\n', Errors)}\n{page}");
            }
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The value of an expression in the page, or undefined while there is no page.</summary>
    public async Task<JsonElement> EvaluateAsync(string expression)
    {
        JsonElement answer;
        try
        {
            answer = await CallAsync("Runtime.evaluate", new JsonObject
            {
                ["expression"] = expression,
                ["returnByValue"] = true,
                ["awaitPromise"] = true,
            });
        }
        catch (InvalidOperationException e) when (e.Message.Contains("navigated", StringComparison.Ordinal))
        {
            return default;
        }
        return answer.GetProperty("result").TryGetProperty("value", out var value) ? value : default;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _reading;
        _socket.Dispose();
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task ConnectAsync()
    {
        const string Mark = "DevTools listening on ";
        using var patience = new CancellationTokenSource(Patience);
        string? line;
        do
        {
            line = await _process.StandardError.ReadLineAsync(patience.Token);
            Assert.True(line is not null, "the browser ended");
        }
        while (!line.StartsWith(Mark, StringComparison.Ordinal));
        _ = _process.StandardError.ReadToEndAsync();
        await _socket.ConnectAsync(new Uri(line[Mark.Length..]), patience.Token);
        _reading = ReadAsync();
        var target = await CallAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        var attached = await CallAsync("Target.attachToTarget", new JsonObject
        {
            ["targetId"] = target.GetProperty("targetId").GetString(),
            ["flatten"] = true,
        });
        _session = attached.GetProperty("sessionId").GetString();
        foreach (var domain in new[] { "Page", "Runtime", "Log", "Network" }) await CallAsync($"{domain}.enable", []);
    }

    private async Task<JsonElement> CallAsync(string method, JsonObject parameters)
    {
        var id = Interlocked.Increment(ref _lastCall);
        var answer = _calls[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (_session is not null) call["sessionId"] = _session;
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(call), WebSocketMessageType.Text, true,
            TestContext.Current.CancellationToken);
        return await answer.Task.WaitAsync(Patience);
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 20];
        try
        {
            while (true)
            {
                using var message = new MemoryStream();
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                    message.Write(buffer, 0, part.Count);
                }
                while (!part.EndOfMessage);
                Take(JsonDocument.Parse(message.ToArray()).RootElement);
            }
        }
        catch (WebSocketException e)
        {
            foreach (var call in _calls.Values) call.TrySetException(e); // The browser is gone.
        }
    }

    private void Take(JsonElement message)
    {
        if (message.TryGetProperty("id", out var id))
        {
            if (!_calls.TryRemove(id.GetInt32(), out var call)) return;
            if (message.TryGetProperty("result", out var result)) call.SetResult(result);
            else call.SetException(new InvalidOperationException(message.GetRawText()));
            return;
        }
        var about = message.GetProperty("params");
        var isError = message.GetProperty("method").GetString() switch
        {
            "Runtime.exceptionThrown" => true,
            "Runtime.consoleAPICalled" => about.GetProperty("type").GetString() is "error" or "assert",
            "Log.entryAdded" => about.GetProperty("entry").GetProperty("level").GetString() == "error",
            _ => false,
        };
        if (isError) Errors.Enqueue(about.GetRawText());
    }
}
