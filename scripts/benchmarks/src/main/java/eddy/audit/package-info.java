/** Looks at topics only: knows nothing of what wrote them, so that it cannot share its mistakes. */
package eddy.audit;
