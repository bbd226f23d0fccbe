using TorchSharp.Bridge;
using static TorchSharp.Bridge.Operators;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Discrete Fourier transforms. A length of -1 is the input's.</summary>
    public static partial class fft
    {
        public static Tensor fft_(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_fft", input, Length(n), dim, NameOf(norm));
        public static Tensor ifft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_ifft", input, Length(n), dim, NameOf(norm));
        public static Tensor rfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_rfft", input, Length(n), dim, NameOf(norm));
        public static Tensor irfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_irfft", input, Length(n), dim, NameOf(norm));
        public static Tensor fft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_fft2", input, s, dim ?? [-2, -1], NameOf(norm));
        public static Tensor ifft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_ifft2", input, s, dim ?? [-2, -1], NameOf(norm));
        public static Tensor rfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_rfft2", input, s, dim ?? [-2, -1], NameOf(norm));
        public static Tensor irfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_irfft2", input, s, dim ?? [-2, -1], NameOf(norm));
        public static Tensor fftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_fftn", input, s, dim, NameOf(norm));
        public static Tensor ifftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Call("aten::fft_ifftn", input, s, dim, NameOf(norm));
        public static Tensor fftshift(Tensor input, long[]? dim = null) => Call("aten::fft_fftshift", input, dim);
        public static Tensor ifftshift(Tensor input, long[]? dim = null) => Call("aten::fft_ifftshift", input, dim);

        public static Tensor fftfreq(long n, double d = 1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            With(Call("aten::fft_fftfreq", n, d, dtype ?? defaultType, Argument.Default, InitializeDevice(device)), requires_grad);

        public static Tensor rfftfreq(long n, double d = 1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            With(Call("aten::fft_rfftfreq", n, d, dtype ?? defaultType, Argument.Default, InitializeDevice(device)), requires_grad);

        private static long? Length(long n) => n == -1 ? null : n;

        private static string NameOf(FFTNormType norm) => norm switch
        {
            FFTNormType.Forward => "forward",
            FFTNormType.Ortho => "ortho",
            _ => "backward",
        };
    }

    public static Tensor stft(Tensor input, long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true, PaddingModes pad_mode = PaddingModes.Reflect, bool normalized = false, bool? onesided = null, bool? return_complex = null) =>
        input.stft(n_fft, hop_length, win_length, window, center, pad_mode, normalized, onesided, return_complex);

    public static Tensor istft(Tensor input, long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true, bool normalized = false, bool? onesided = null, long length = -1, bool return_complex = false) =>
        input.istft(n_fft, hop_length, win_length, window, center, normalized, onesided, length, return_complex);

    public partial class Tensor
    {
        /// <summary>The short-time Fourier transform: (…, samples) to (…, frequencies, frames), complex or with a last dimension of two.</summary>
        public Tensor stft(long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true, PaddingModes pad_mode = PaddingModes.Reflect, bool normalized = false, bool? onesided = null, bool? return_complex = null) =>
            Call("aten::stft.center", this, n_fft, Given(hop_length, -1), Given(win_length, -1), window, center, nn.functional.NameOf(pad_mode), normalized, onesided, return_complex);

        public Tensor istft(long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true, bool normalized = false, bool? onesided = null, long length = -1, bool return_complex = false) =>
            Call("aten::istft", this, n_fft, Given(hop_length, -1), Given(win_length, -1), window, center, normalized, onesided, Given(length, -1), return_complex);

        private static long? Given(long value, long absent) => value == absent ? null : value;
    }
}
