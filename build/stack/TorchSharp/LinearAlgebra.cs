using static TorchSharp.Bridge.Operators;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Norms, decompositions and solutions of matrices.</summary>
    public static partial class linalg
    {
        /// <summary>Which factors <see cref="qr"/> gives.</summary>
        public enum QRMode
        {
            Reduced = 0,
            Complete = 1,
            R = 2,
        }

        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) => Call("aten::linalg_norm", input, null as Scalar, dims, keepdim);
        public static Tensor norm(Tensor input, int ord, long[]? dims = null, bool keepdim = false) => Call("aten::linalg_norm", input, ord, dims, keepdim);
        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) => Call("aten::linalg_norm", input, ord, dims, keepdim);
        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false) => Call("aten::linalg_norm.ord_str", input, ord, dims, keepdim);
        public static Tensor vector_norm(Tensor input, double ord = 2.0, long[]? dims = null, bool keepdim = false) => Call("aten::linalg_vector_norm", input, ord, dims, keepdim);
        public static Tensor matrix_norm(Tensor input, string ord = "fro", long[]? dims = null, bool keepdim = false) => Call("aten::linalg_matrix_norm.str_ord", input, ord, dims ?? [-2, -1], keepdim);
        public static Tensor matrix_norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) => Call("aten::linalg_matrix_norm", input, ord, dims ?? [-2, -1], keepdim);

        public static Tensor det(Tensor input) => Call("aten::linalg_det", input);
        public static (Tensor, Tensor) slogdet(Tensor input) => Call2("aten::linalg_slogdet", input);
        public static Tensor inv(Tensor input) => Call("aten::linalg_inv", input);
        public static Tensor pinv(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) => Call("aten::linalg_pinv.atol_rtol_float", input, atol, rtol, hermitian);
        public static Tensor matrix_rank(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) => Call("aten::linalg_matrix_rank.atol_rtol_float", input, atol, rtol, hermitian);
        public static Tensor matrix_exp(Tensor input) => Call("aten::linalg_matrix_exp", input);
        public static Tensor multi_dot(IList<Tensor> tensors) => Call("aten::linalg_multi_dot", tensors.ToArray());
        public static Tensor cross(Tensor input, Tensor other, long dim = -1) => Call("aten::linalg_cross", input, other, dim);

        public static Tensor cholesky(Tensor input) => Call("aten::linalg_cholesky", input);
        public static (Tensor, Tensor, Tensor) svd(Tensor input, bool fullMatrices = true) => Call3("aten::linalg_svd", input, fullMatrices);
        public static Tensor svdvals(Tensor input) => Call("aten::linalg_svdvals", input);
        public static (Tensor, Tensor) eig(Tensor input) => Call2("aten::linalg_eig", input);
        public static Tensor eigvals(Tensor input) => Call("aten::linalg_eigvals", input);
        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => Call2("aten::linalg_eigh", input, UPLO.ToString());
        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => Call("aten::linalg_eigvalsh", input, UPLO.ToString());

        public static (Tensor Q, Tensor R) qr(Tensor input, QRMode mode = QRMode.Reduced) => Call2("aten::linalg_qr", input, mode switch
        {
            QRMode.Complete => "complete",
            QRMode.R => "r",
            _ => "reduced",
        });

        public static Tensor solve(Tensor A, Tensor B, bool left = true) => Call("aten::linalg_solve", A, B, left);

        public static (Tensor Solution, Tensor Residuals, Tensor Rank, Tensor SingularValues) lstsq(Tensor input, Tensor other) => Call4("aten::linalg_lstsq", input, other);
    }
}
