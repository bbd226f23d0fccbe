namespace TorchSharp;

/// <summary>The kinds of device that libtorch knows.</summary>
public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
    MKLDNN = 2,
    OPENGL = 3,
    OPENCL = 4,
    IDEEP = 5,
    HIP = 6,
    FPGA = 7,
    MSNPU = 8,
    XLA = 9,
    MPS = 13,
    META = 14,
}

/// <summary>How a tensor's elements are kept.</summary>
public enum layout
{
    strided,
    sparse_coo,
}

/// <summary>The order of dimensions in memory.</summary>
public enum memory_format
{
    preserve_format,
    contiguous_format,
    channels_last,
}

/// <summary>What lies beyond a tensor's border.</summary>
public enum PaddingModes
{
    Zeros = 0,
    Reflect = 1,
    Replicate = 2,
    Circular = 3,
    Constant = 4,
}

/// <summary>The padding of a convolution, by name.</summary>
public enum Padding
{
    Valid = 0,
    Same = 1,
}

/// <summary>How a Fourier transform is scaled.</summary>
public enum FFTNormType
{
    Backward = 0,
    Forward = 1,
    Ortho = 2,
}

/// <summary>How <see cref="torch.cdist"/> computes Euclidean distances.</summary>
public enum compute_mode
{
    use_mm_for_euclid_dist_if_necessary = 0,
    use_mm_for_euclid_dist = 1,
    donot_use_mm_for_euclid_dist = 2,
}

public static partial class torch
{
    /// <summary>Element types, numbered as libtorch numbers them.</summary>
    public enum ScalarType : sbyte
    {
        Byte = 0,
        Int8 = 1,
        Int16 = 2,
        Int32 = 3,
        Int64 = 4,
        Float16 = 5,
        Float32 = 6,
        Float64 = 7,
        ComplexFloat32 = 9,
        ComplexFloat64 = 10,
        Bool = 11,
        BFloat16 = 15,
    }

    /// <summary>How a quotient is rounded.</summary>
    public enum RoundingMode
    {
        None,
        trunc,
        floor,
    }

    /// <summary>How <see cref="nn.functional.interpolate"/> fills in values.</summary>
    public enum InterpolationMode
    {
        Nearest = 0,
        Linear = 1,
        Bilinear = 2,
        Bicubic = 3,
        Trilinear = 4,
        Area = 5,
        NearestExact = 6,
    }

    public static partial class nn
    {
        /// <summary>How a loss over many elements becomes its result.</summary>
        public enum Reduction : long
        {
            None = 0,
            Mean = 1,
            Sum = 2,
        }
    }
}
