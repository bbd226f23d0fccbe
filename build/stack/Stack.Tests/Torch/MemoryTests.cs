using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Stack.Tests.Torch;

/// <summary>Memory comes back: from disposal, from the finalizer, and after failures.</summary>
[Collection("Alone")]
public class MemoryTests
{
    private const long Mebibyte = 1 << 20;

    [Fact]
    public void TenThousandOperationsAndAThousandFailuresLeaveMemoryFlat()
    {
        using var a = rand(64, 64);
        using var b = rand(64, 64);
        using var wrong = rand(3, 3);
        AssertFlat(() => Work(10_000, 1000));

        void Work(int operations, int failures)
        {
            for (var i = 0; i < operations; i++)
            {
                using var scope = NewDisposeScope();
                var c = a.requires_grad_(false).mul(b).add(1).softmax(-1);
                _ = cat([c, a]).split(64)[0].sum([0, 1]);
                _ = c[1.., TensorIndex.Tensor(tensor(new long[] { 1, 2 }))];
            }
            for (var i = 0; i < failures; i++)
            {
                Assert.Throws<ExternalException>(() => a.matmul(wrong));
                Assert.Throws<ExternalException>(() => cat([a, wrong]));
                Assert.Throws<ExternalException>(() => einsum("ij,jk,k->i", a, b, wrong));
            }
        }
    }

    [Fact]
    public void TrainingStepsLeaveMemoryFlat()
    {
        using var weight = rand(64, 64).requires_grad_();
        using var input = rand(32, 64);
        AssertFlat(() => Steps(1000));

        void Steps(int count)
        {
            for (var i = 0; i < count; i++)
            {
                using var scope = NewDisposeScope();
                nn.functional.dropout(input.matmul(weight).tanh(), 0.1).sum().backward();
                using (no_grad())
                {
                    weight.add_(weight.grad!, -1e-3);
                    weight.grad = null;
                }
            }
        }
    }

    [Fact]
    public void TheFinalizerFreesWhatNobodyDisposed()
    {
        Collect();
        var before = Tensor.TotalCount;
        Forget(100);
        Assert.True(Tensor.TotalCount >= before + 100);
        Collect();
        Assert.True(Tensor.TotalCount < before + 10, $"{Tensor.TotalCount - before} tensors are left");
    }

    [Fact]
    public void TheCollectorHearsOfMemoryThatNobodyDisposes()
    {
        Collect();
        var before = Resident();
        var peak = 0L;
        for (var i = 0; i < 60; i++)
        {
            Forget(1, 4096);
            peak = Math.Max(peak, Resident() - before);
        }
        // All sixty would be 3.8 GiB.
        Assert.True(peak < 2048 * Mebibyte, $"{peak / Mebibyte} MiB at the peak");
        Collect();
    }

    [Fact]
    public void DisposalOnOneThreadDoesNotFreeWhatAnotherUses()
    {
        for (var i = 0; i < 200; i++)
        {
            var shared = rand(256, 256);
            using var start = new Barrier(2);
            var use = Task.Run(() =>
            {
                start.SignalAndWait();
                try
                {
                    using var product = shared.matmul(shared);
                    return product.isfinite().all().item<bool>();
                }
                catch (InvalidOperationException)
                {
                    return true;
                }
            });
            start.SignalAndWait();
            shared.Dispose();
            Assert.True(use.Result);
        }
    }

    /// <summary>Once warm, work that leaks grows every time; the heap's own unrest, now and then only.</summary>
    private static void AssertFlat(Action work)
    {
        work();
        var growths = new List<long>();
        do
        {
            var before = Resident();
            work();
            growths.Add(Resident() - before);
        }
        while (growths[^1] >= 8 * Mebibyte && growths.Count < 3);
        Assert.True(growths[^1] < 8 * Mebibyte, $"grew by {string.Join(", then ", growths.Select(growth => growth / Mebibyte))} MiB");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(int count, long side = 8)
    {
        for (var i = 0; i < count; i++)
        {
            zeros(side, side).fill_(1);
        }
    }

    private static void Collect()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static long Resident()
    {
        Collect();
        var pages = File.ReadAllText("/proc/self/statm").Split(' ')[1];
        return long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }
}
